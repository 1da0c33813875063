import * as fc from 'fast-check';
import type { Arena } from './arena.ts';
import { type Break, breakOf, breaks, inWords } from './broken-promise.ts';
import type { HazardName } from './hazard-names.ts';
import { runSchedule } from './run-schedule.ts';
import type { Schedule } from './schedule.ts';
import { schedules } from './schedules.ts';

export interface ChaosRun {
  readonly seed: number;
  readonly runs: number;
  /** In each schedule, and nothing else on the wire; undefined for the usual mixture. */
  readonly hazard?: HazardName | undefined;
  /** Where in the seed's sequence a failure is, as it was printed. */
  readonly path?: string | undefined;
  /** false: it is only to be found out whether anything breaks, and the first break will do. @default true */
  readonly isExplained?: boolean | undefined;
}

export interface ChaosReport {
  readonly system: string;
  readonly hazard?: HazardName | undefined;
  readonly runs: number;
  /** How starts and waits ended, counted. */
  readonly counts: Readonly<Record<string, number>>;
  /** Schedules that broke a promise, by what is the worst about it. */
  readonly broken: Readonly<Record<Break, number>>;
  /** What broke first, shrunk, with the command that plays it again; absent where all promises held. */
  readonly failure?: string;
}

/** Plays the schedules of a seed on one system, all of them, whatever breaks. */
export async function checkChaos<Extra>(arena: Arena<Extra>, run: ChaosRun): Promise<ChaosReport> {
  const { seed, runs, hazard, path, isExplained = true } = run;
  const counts: Record<string, number> = {};
  const broken = noBreaks();
  for (const schedule of path === undefined ? fc.sample(schedules(arena, hazard), { seed, numRuns: runs }) : []) {
    try {
      for (const what of await runSchedule(arena, schedule)) counts[what] = (counts[what] ?? 0) + 1;
    } catch (error) {
      broken[breakOf(error)] += 1;
      if (!isExplained) break;
    }
  }
  const report = { system: arena.name, hazard, runs, counts, broken };
  const isBroken = breaks.some((kind) => broken[kind] > 0);
  if (path === undefined && !(isBroken && isExplained)) return report;
  const failure = await explain(arena, run);
  return failure === undefined ? report : { ...report, failure };
}

export function noBreaks(): Record<Break, number> {
  return { 'false end': 0, 'false "not sent"': 0, 'raw error': 0, 'double start': 0, other: 0 };
}

/** The first schedule that breaks a promise, made as small as it goes in a minute. */
async function explain<Extra>(arena: Arena<Extra>, run: ChaosRun): Promise<string | undefined> {
  const { seed, runs, hazard, path } = run;
  const property = fc.asyncProperty(schedules(arena, hazard), async (schedule: Schedule<Extra>) => {
    await runSchedule(arena, schedule);
  });
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path === undefined ? { interruptAfterTimeLimit: 60_000 } : { path }),
  });
  if (!details.failed) return undefined;
  const only = hazard === undefined ? '' : ` --hazard ${hazard}`;
  return [
    `${arena.name}: ${inWords(details.errorInstance)}`,
    `schedule (after ${details.numShrinks} shrinks): ${JSON.stringify(details.counterexample?.[0], null, 2)}`,
    `again: npm run chaos -- --system ${arena.name}${only} --seed ${seed} --runs ${runs} --path ${details.counterexamplePath}`,
  ].join('\n');
}
