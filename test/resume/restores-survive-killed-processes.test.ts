import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { build } from 'esbuild';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handleFromText } from '../../src/operation/handle-text.ts';
import type { Emulator, RecordedRequest } from '../../src/testing/emulator.ts';
import { runs } from '../support/effort.ts';
import { endableClock, type KillStage, killStages } from './support/kill-stage.ts';
import { killAllWaiters, Waiter } from './support/waiter.ts';
import { SYSTEMS, type SystemName } from './support/waiter-task.ts';

const KILLS_OF_EACH = runs(5);
/** So that each system is seen to come to each of its ends. */
const KILLS_OF_A_RESTORE = 2;
const EVERY_MS = 50;
const POLL_MS = 10;
/** From one poll to the next: some of it in flight, most of it asleep. */
const TURN_MS = EVERY_MS + POLL_MS;
/** A process dies before its first poll, or as late as that. */
const MOST_TURNS = 5;
const POLLS_OF_A_SURVIVOR = 3;
/** A restore that ends so shortly before a kill is often seen to have ended only by the next process. */
const ENDS_BEFORE_KILL_MS = 25;
/** Timers and clocks count in whole milliseconds. */
const ROUNDING_MS = 2;

/** `RESTOREKIT_SEED=<seed>` draws the same moments again. */
const seed = Number(process.env.RESTOREKIT_SEED ?? Date.now() % 1_000_000);

let folder = '';
let program = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'restorekit-resume-'));
  program = join(folder, 'waiter-process.mjs');
  // In one file it is up in a tenth of a second.
  await build({
    entryPoints: [join(import.meta.dirname, 'waiter-process.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
});

afterAll(() => {
  killAllWaiters();
  rmSync(folder, { recursive: true, force: true });
});

describe.concurrent('processes that are killed at random moments', () => {
  it.each(SYSTEMS.map((system, index) => [system, index] as const))(
    `%s: ${KILLS_OF_EACH} kills (seed ${seed}), and every restore is started once and ends truly`,
    { timeout: 120_000 },
    async (system, index) => {
      const moments = fc.sample(fc.noBias(fc.integer({ min: 0, max: MOST_TURNS * TURN_MS - 1 })), {
        seed: seed + index,
        numRuns: KILLS_OF_EACH,
      });
      for (let number = 0; moments.length > 0; number += 1) {
        const spent = await restoreUnderFire(system, number, moments.slice(0, KILLS_OF_A_RESTORE));
        moments.splice(0, spent);
      }
    },
  );
});

interface Restore {
  readonly system: SystemName;
  readonly emulator: Emulator;
  readonly baseUrl: string;
  readonly handleFile: string;
  readonly form: 'json' | 'text';
  /** When to kill one process after the other; the one after them survives. */
  readonly moments: readonly number[];
  /** Else while the survivor waits. */
  readonly endsWithLastKill: boolean;
  end(): void;
}

/** One restore from its start to its end, whoever dies on the way. Answers how many were killed. */
async function restoreUnderFire(system: SystemName, number: number, moments: readonly number[]): Promise<number> {
  const stage = killStages[system];
  const truth = stage.truths[number % stage.truths.length] ?? 'succeeded';
  const clock = endableClock();
  const emulator = stage.open({ clock, truth, pollMs: POLL_MS });
  const server = await emulator.listen();
  const handleFile = join(folder, `${system}-${number}`);
  const isEven = number % 2 === 0;
  try {
    const { kills, verdict } = await goOnToTheEnd({
      system,
      emulator,
      baseUrl: server.url,
      handleFile,
      form: isEven ? 'json' : 'text',
      moments,
      endsWithLastKill: !isEven,
      end: clock.endRestore,
    });
    expect(verdict?.state).toBe(truth);
    expect(verdict?.handle).toEqual(handleFromText(readFileSync(handleFile, 'utf8')));
    const knowsItsTime = truth === 'succeeded' && !system.startsWith('veeam');
    expect(verdict?.dataAsOf).toBe(knowsItsTime ? '2026-04-23T08:48:06.000Z' : undefined);
    expectOneStart(emulator, stage);
    expectThePace(pollsAt(emulator, system));
    return kills;
  } finally {
    await server.close();
  }
}

async function goOnToTheEnd(restore: Restore) {
  const { system, baseUrl, handleFile, form, moments } = restore;
  let kills = 0;
  for (const moment of [...moments, POLLS_OF_A_SURVIVOR * TURN_MS]) {
    const process = String(kills);
    const isSurvivor = kills === moments.length;
    const waiter = new Waiter(program, { system, baseUrl, handleFile, form, process, everyMs: EVERY_MS });
    await waiter.waiting;
    expect(existsSync(handleFile)).toBe(true);
    // Counted in polls, so that on a slow machine it dies at the same points of its program.
    const own = () => pollsAt(restore.emulator, system).filter(({ headers }) => headers['x-process'] === process);
    await during(waiter, () => own().length >= Math.floor(moment / TURN_MS));
    const rest = moment % TURN_MS;
    const lead = Math.min(rest, ENDS_BEFORE_KILL_MS);
    await Promise.race([passed(rest - lead), waiter.ended]);
    if (isSurvivor || (restore.endsWithLastKill && kills === moments.length - 1)) restore.end();
    await Promise.race([passed(lead), waiter.ended]);
    if (!isSurvivor) waiter.kill();
    const { signal, verdict } = await waiter.ended;
    if (verdict !== undefined) return { kills, verdict };
    expect(signal).toBe('SIGKILL');
    kills += 1;
  }
  return { kills, verdict: undefined };
}

function pollsAt({ requests }: Emulator, system: SystemName): readonly RecordedRequest[] {
  return requests.filter(({ operationId }) => operationId === killStages[system].poll);
}

/** Waits until something has happened, or the process has ended. */
async function during(waiter: Waiter, hasHappened: () => boolean): Promise<void> {
  let hasEnded = false;
  void waiter.ended.finally(() => {
    hasEnded = true;
  });
  while (!hasEnded && !hasHappened()) await passed(2);
}

function expectOneStart({ requests, restores }: Emulator, { start }: KillStage): void {
  const starts = requests.filter(({ operationId }) => operationId === start);
  expect(starts.map(({ headers }) => headers['x-process'])).toEqual(['0']);
  expect(restores).toHaveLength(1);
}

/** One process after the other polls, and none of them faster than the cadence. */
function expectThePace(polls: readonly RecordedRequest[]): void {
  expect(polls.length).toBeGreaterThan(0);
  polls.forEach(({ at, headers }, index) => {
    const before = polls[index - 1];
    const isSameProcess = before?.headers['x-process'] === headers['x-process'];
    if (before && isSameProcess) expect(at - before.at).toBeGreaterThanOrEqual(EVERY_MS - ROUNDING_MS);
    else expect(Number(headers['x-process'])).toBeGreaterThan(Number(before?.headers['x-process'] ?? -1));
  });
}
