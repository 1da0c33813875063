/**
 * Proves that no restore is started twice and none is lost: `npm run prove:start-once`.
 *
 * - In a simulation with a virtual clock, five systems and three stores: late commits, lost and wrong answers of the
 *   store, processes that are killed or suspended at any await, clocks that are 15 minutes wrong, misrouted answers,
 *   gateways. `-- --keys 20000 --seed 7` makes it larger; a finding names the seed and the world that shows it again
 *   (`-- --keys 20000 --seed 7 --world 582`).
 * - On real processes that are killed and stopped, over files, an object store and PostgreSQL: `-- --restores 500
 *   --stores file,object --workers 3 --kill-every-ms 1000`.
 */
import { parseArgs } from 'node:util';
import { type Proof, proveWithProcesses } from './processes/prove-with-processes.ts';
import type { SharedStoreName } from './processes/shared-store.ts';
import { simulate } from './simulation/simulate.ts';
import { simulateInProcesses } from './simulation/simulate-in-processes.ts';

const { values } = parseArgs({
  options: {
    keys: { type: 'string', default: '1500' },
    processes: { type: 'string', default: '2' },
    restores: { type: 'string', default: '60' },
    stores: { type: 'string', default: 'file,object,postgres' },
    workers: { type: 'string', default: '3' },
    world: { type: 'string' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'kill-every-ms': { type: 'string', default: '2000' },
    'timeout-s': { type: 'string', default: '600' },
  },
});
const seed = Number(values.seed);

function print(title: string, counts: Readonly<Record<string, string | number>>): void {
  console.log(`\n${title}`);
  for (const [what, figure] of Object.entries(counts)) console.log(`${what.padEnd(48)}${String(figure).padStart(10)}`);
}

/** Prints what must not happen. Each case is named, so that it can be run again. */
function printFindings(findings: Readonly<Record<string, readonly string[]>>): void {
  for (const [what, cases] of Object.entries(findings)) {
    console.log(`${what.padEnd(48)}${String(cases.length).padStart(10)}`);
    for (const each of cases.slice(0, 20)) console.log(`    ${each}`);
    if (cases.length > 0) process.exitCode = 1;
  }
}

function percent(part: number, whole: number): string {
  return `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
}

async function simulated(): Promise<void> {
  const began = performance.now();
  const keys = Number(values.keys);
  const found = values.world
    ? await simulate({ keys, seed, world: Number(values.world) })
    : await simulateInProcesses({ keys, seed, processes: Number(values.processes) });
  print(`simulated, seed ${seed}`, {
    keys: found.keys,
    seconds: Math.round((performance.now() - began) / 1_000),
    'processes killed': found.deaths,
    'starts that left a process': found.posts,
    'restores carried out': found.restores,
    'keys whose end was told': found.endsTold,
    'keys with an unknown start': `${found.unknownStarts} (${percent(found.unknownStarts, found.keys)})`,
    'keys with an unknown start, no request sent': `${found.unknownWithoutPost} (${percent(found.unknownWithoutPost, found.keys)})`,
  });
  printFindings({
    'double starts': found.doubleStarts,
    'lost restores': found.lostRestores,
    'false ends': found.falseEnds,
    'false "not sent"': found.falseNotSent,
  });
}

function printProof(store: string, proof: Proof): void {
  print(`real processes over the ${store} store, seed ${seed}`, {
    restores: proof.restores,
    seconds: proof.seconds,
    SIGKILLs: proof.kills,
    SIGSTOPs: proof.pauses,
    ...Object.fromEntries(Object.entries(proof.starts).map(([trouble, starts]) => [`starts, ${trouble}`, starts])),
    'ended, and known': proof.endedKnown,
    'reported as unknown': proof.reportedUnknown,
    '    of which had been started': proof.unknownAndStarted,
    '    of which no start reached a system': `${proof.unknownWithoutStart} (${percent(proof.unknownWithoutStart, proof.restores)})`,
    'refused, start of the target unknown': proof.refused,
    ...Object.fromEntries(Object.entries(proof.records).map(([state, records]) => [`records '${state}'`, records])),
  });
  const { startedTwice, toldWrongly, lost, overlapping } = proof;
  printFindings({ startedTwice, toldWrongly, lost, overlapping });
}

if (Number(values.keys) > 0) await simulated();
if (Number(values.restores) > 0) {
  for (const store of values.stores.split(',') as SharedStoreName[]) {
    const proof = await proveWithProcesses({
      store,
      restores: Number(values.restores),
      workers: Number(values.workers),
      seed,
      killEveryMs: Number(values['kill-every-ms']),
      startTimeoutMs: 4_000,
      timeoutMs: Number(values['timeout-s']) * 1_000,
      onOutput: (text) => process.stderr.write(text),
    });
    if (proof) printProof(store, proof);
  }
}
