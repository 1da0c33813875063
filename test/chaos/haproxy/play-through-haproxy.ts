import * as fc from 'fast-check';
import type { EmulatorServer } from '../../../src/testing/listen.ts';
import type { Arena, Contest } from '../support/arena.ts';
import { breakOf, inWords } from '../support/broken-promise.ts';
import { type ChaosReport, noBreaks } from '../support/check-chaos.ts';
import { playOn } from '../support/run-schedule.ts';
import type { Schedule } from '../support/schedule.ts';
import { schedules } from '../support/schedules.ts';
import { type Stage, withoutStrayRejections } from '../support/stage.ts';
import { HOUR, MINUTE } from '../support/times.ts';
import { watchedFetch } from '../support/watched-fetch.ts';
import { fastClock } from './fast-clock.ts';
import { startHaproxy } from './haproxy.ts';

/** Ten minutes in a second. */
const SPEED = 600;
/** A busy machine may be a second late. */
const TICK_MS = 2 * SPEED * 1_000;
const AT_ONCE = 10;

interface Match<Extra> {
  readonly schedule: Schedule<Extra>;
  readonly clock: ReturnType<typeof fastClock>;
  readonly contest: Contest;
  readonly server: EmulatorServer;
}

/**
 * Restores over real sockets, with HAProxy between client and emulator dropping, refusing and replacing calls and answers
 * at random. The schedules come from the seed; what HAProxy does to them does not.
 */
export async function playThroughHaproxy<Extra>(
  arena: Arena<Extra>,
  { seed, runs }: { readonly seed: number; readonly runs: number },
): Promise<ChaosReport> {
  const counts: Record<string, number> = {};
  const broken = noBreaks();
  const failures: string[] = [];
  const sample = fc.sample(schedules(arena), { seed, numRuns: runs }).map(shortened);
  for (let from = 0; from < sample.length; from += AT_ONCE) {
    const matches = await Promise.all(sample.slice(from, from + AT_ONCE).map((schedule) => open(arena, schedule)));
    const proxy = await startHaproxy(matches.map(({ server }) => server.url));
    try {
      await withoutStrayRejections(async () => {
        const plays = matches.map(async (match, index) => {
          try {
            for (const what of await playOn(stageOf(arena, match, proxy.urls[index] ?? ''))) {
              counts[what] = (counts[what] ?? 0) + 1;
            }
          } catch (error) {
            broken[breakOf(error)] += 1;
            failures.push(`${arena.name}: ${inWords(error)}\nschedule: ${JSON.stringify(match.schedule, null, 2)}`);
          }
        });
        await Promise.all(plays);
      });
    } finally {
      await Promise.all(matches.map(({ server }) => server.close()));
      await proxy.stop();
    }
  }
  // A stage on which nothing can be started shows nothing.
  if (counts.started === undefined && sample.length >= AT_ONCE) failures.push(`${arena.name}: Nothing was started.`);
  const report = { system: arena.name, runs: sample.length, counts, broken };
  return failures.length === 0 ? report : { ...report, failure: failures.join('\n') };
}

/** Without faults of ours, and short enough for a clock that is real. */
function shortened<Extra>(schedule: Schedule<Extra>): Schedule<Extra> {
  return {
    ...schedule,
    durationMs: Math.min(schedule.durationMs, HOUR / 2),
    wire: [],
    jumps: [],
    // What is left for a slow poll is less than a tick.
    waits: schedule.waits.map((plan) => ({ ...plan, timeoutMs: Math.min(plan.timeoutMs, HOUR) })),
    requestTimeoutMs: Math.max(schedule.requestTimeoutMs ?? 0, 2 * MINUTE),
  };
}

async function open<Extra>(arena: Arena<Extra>, schedule: Schedule<Extra>): Promise<Match<Extra>> {
  const clock = fastClock(SPEED);
  const contest = arena.open(schedule, clock, clock);
  return { schedule, clock, contest, server: await contest.emulator.listen() };
}

function stageOf<Extra>(arena: Arena<Extra>, match: Match<Extra>, proxyUrl: string): Stage<Extra> {
  const { schedule, clock, contest } = match;
  const throughProxy = (input: string, init: RequestInit) => {
    // Also what the emulator calls by its own name.
    const { pathname, search } = new URL(input);
    return globalThis.fetch(`${proxyUrl}${pathname}${search}`, init);
  };
  const watched = watchedFetch(throughProxy, arena.isStart);
  return {
    arena,
    schedule,
    clock,
    contest,
    watched,
    // A UAA is found where the emulator says that it is called.
    origins: [arena.origin, proxyUrl],
    tickMs: TICK_MS,
    isDisturbed: true,
    setClientClock: () => undefined,
    client: contest.connect(watched.fetch, proxyUrl),
    resume: (handle) => contest.connect(contest.emulator.fetch, proxyUrl).resume(JSON.parse(JSON.stringify(handle))),
  };
}
