import { type VirtualClock, virtualClock } from '../../../src/testing/virtual-clock.ts';
import type { Arena, ChaosClient, Contest } from './arena.ts';
import { inWords, promise } from './broken-promise.ts';
import type { Schedule } from './schedule.ts';
import { type WatchedFetch, watchedFetch } from './watched-fetch.ts';

/** Everything that one schedule plays with. */
export interface Stage<Extra> {
  readonly arena: Arena<Extra>;
  readonly schedule: Schedule<Extra>;
  readonly clock: VirtualClock;
  readonly contest: Contest;
  readonly watched: WatchedFetch;
  /** Where requests may go. */
  readonly origins: readonly string[];
  /** How late something may be that happens in time. */
  readonly tickMs: number;
  /** Whether faults are about that the schedule does not know of, so that not to know is honest at any time. */
  readonly isDisturbed: boolean;
  readonly client: ChaosClient;
  /** Goes on with a handle as another process would: a new client, the handle out of its JSON. */
  resume(handle: object): ReturnType<ChaosClient['resume']>;
}

/** In process, in virtual time. */
export function setStage<Extra>(arena: Arena<Extra>, schedule: Schedule<Extra>): Stage<Extra> {
  const clock = virtualClock();
  const contest = arena.open(schedule, clock);
  const watched = watchedFetch(contest.emulator.fetch, arena.isStart);
  return {
    arena,
    schedule,
    clock,
    contest,
    watched,
    origins: [arena.origin],
    tickMs: 1,
    isDisturbed: false,
    client: contest.connect(watched.fetch),
    resume: (handle) => contest.connect(watched.fetch).resume(JSON.parse(JSON.stringify(handle))),
  };
}

/** Lets what is settled already be noticed, without letting time pass. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Runs `work` and fails where a rejection was handled by nobody. */
export async function withoutStrayRejections<T>(work: () => Promise<T>): Promise<T> {
  const stray: unknown[] = [];
  const keep = (reason: unknown) => stray.push(reason);
  process.on('unhandledRejection', keep);
  try {
    const result = await work();
    await settle();
    promise(stray.length === 0, `A rejection was handled by nobody: ${stray.map(inWords).join('; ')}`);
    return result;
  } finally {
    process.off('unhandledRejection', keep);
  }
}
