import * as fc from 'fast-check';
import type { Arena } from './arena.ts';
import { inWords } from './broken-promise.ts';
import { runSchedule } from './run-schedule.ts';
import { schedules } from './schedules.ts';

export interface ChaosRun {
  readonly seed: number;
  readonly runs: number;
  /** Where in the seed's sequence a failure is, as it was printed. */
  readonly path?: string | undefined;
}

export interface ChaosReport {
  readonly system: string;
  readonly runs: number;
  /** How starts and waits ended, counted. */
  readonly counts: Readonly<Record<string, number>>;
  /** What broke, shrunk, with the command that plays it again; absent where all promises held. */
  readonly failure?: string;
}

/** Plays the schedules of a seed on one system. */
export async function checkChaos<Extra>(arena: Arena<Extra>, run: ChaosRun): Promise<ChaosReport> {
  const counts: Record<string, number> = {};
  const { seed, runs, path } = run;
  let isShrinking = false;
  const property = fc.asyncProperty(schedules(arena), async (schedule) => {
    const summary = await runSchedule(arena, schedule).catch((error: unknown) => {
      isShrinking = true;
      throw error;
    });
    if (!isShrinking) for (const what of summary) counts[what] = (counts[what] ?? 0) + 1;
  });
  const details = await fc.check(property, { seed, numRuns: runs, ...(path === undefined ? {} : { path }) });
  const report = { system: arena.name, runs: details.numRuns, counts };
  if (!details.failed) return report;
  const failure = [
    `${arena.name}: ${inWords(details.errorInstance)}`,
    `schedule (after ${details.numShrinks} shrinks): ${JSON.stringify(details.counterexample?.[0], null, 2)}`,
    `again: npm run chaos -- --system ${arena.name} --seed ${seed} --runs ${runs} --path ${details.counterexamplePath}`,
  ].join('\n');
  return { ...report, failure };
}
