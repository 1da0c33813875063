/**
 * Proves on real processes that no restore is started twice: `npm run prove:start-once`. By default 500 restores over
 * three workers, one of which is killed every three seconds. `-- --restores 100 --seed 7 --kill-every-ms 1000` changes that.
 */
import { parseArgs } from 'node:util';
import { prove } from './prove.ts';

const { values } = parseArgs({
  options: {
    restores: { type: 'string', default: '500' },
    workers: { type: 'string', default: '3' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'kill-every-ms': { type: 'string', default: '3000' },
    'timeout-s': { type: 'string', default: '600' },
  },
});

console.log(`seed ${values.seed}`);
const proof = await prove({
  restores: Number(values.restores),
  workers: Number(values.workers),
  seed: Number(values.seed),
  killEveryMs: Number(values['kill-every-ms']),
  startTimeoutMs: 4_000,
  timeoutMs: Number(values['timeout-s']) * 1_000,
  onOutput: (text) => process.stderr.write(text),
});

const counts: readonly (readonly [string, string | number])[] = [
  ['restores asked for', proof.restores],
  ['workers', proof.workers],
  ['SIGKILLs', proof.kills],
  ['seconds', proof.seconds],
  ...Object.entries(proof.starts).map(([trouble, starts]) => [`starts on the wire, ${trouble}`, starts] as const),
  ['ended, and known', proof.endedKnown],
  ['reported as unknown', proof.reportedUnknown],
  ['    of which had been started', proof.unknownAndStarted],
  ['refused, target in doubt', proof.refused],
  ...Object.entries(proof.records).map(([state, records]) => [`records '${state}'`, records] as const),
  ['started twice', proof.startedTwice.length],
  ['told wrongly', proof.toldWrongly.length],
  ['lost', proof.lost.length],
  ['sent into a running restore', proof.overlapping.length],
];
for (const [what, figure] of counts) console.log(`${what.padEnd(44)}${String(figure).padStart(7)}`);

const { startedTwice, toldWrongly, lost, overlapping } = proof;
const wrong = { startedTwice, toldWrongly, lost, overlapping };
if (Object.values(wrong).some((keys) => keys.length > 0)) {
  console.error(JSON.stringify(wrong, undefined, 2));
  process.exitCode = 1;
}
