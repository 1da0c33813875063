import type { Clock } from '../../../src/clock/clock.ts';
import type { FetchLike } from '../../../src/http/fetch-like.ts';
import { type VirtualClock, virtualClock } from '../../../src/testing/virtual-clock.ts';
import type { Arena, ChaosClient, Contest } from './arena.ts';
import { inWords, promise } from './broken-promise.ts';
import { behindGateway, type Gateway } from './gateway.ts';
import { withNetworkFault } from './network-fault.ts';
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
  /** Sets the client's clock, and not the server's. */
  setClientClock(byMs: number): void;
  /** The other environment behind the same host, where there is one. */
  readonly neighbour?: ChaosClient | undefined;
  /** Goes on with a handle as another process would: a new client, the handle out of its JSON. */
  resume(handle: object): ReturnType<ChaosClient['resume']>;
}

/** In process, in virtual time. */
export function setStage<Extra>(arena: Arena<Extra>, schedule: Schedule<Extra>): Stage<Extra> {
  const clock = virtualClock();
  const client = clientClockOf(schedule, clock);
  const contest = arena.open(schedule, clock, client.clock);
  const { hazard } = schedule;
  const gateway = hazard?.isBehindGateway === true ? neighbours(arena, schedule, clock) : undefined;
  const inner: FetchLike = gateway ? gateway.route(contest.emulator.fetch) : contest.emulator.fetch;
  const watched = watchedFetch(withNetworkFault(inner, hazard?.network, arena.isStart, clock), arena.isStart);
  const baseUrl = gateway && `${arena.origin}${gateway.own}`;
  return {
    arena,
    schedule,
    clock,
    contest,
    watched,
    origins: [arena.origin],
    tickMs: 1,
    isDisturbed: false,
    setClientClock: client.set,
    client: contest.connect(watched.fetch, baseUrl),
    neighbour: gateway?.neighbourClient(watched.fetch),
    resume: (handle) => contest.connect(watched.fetch, baseUrl).resume(JSON.parse(JSON.stringify(handle))),
  };
}

/** The client's clock as the hazard sets it; its sleeps take as long as they take. */
function clientClockOf<Extra>(
  { hazard }: Schedule<Extra>,
  clock: VirtualClock,
): { readonly clock: Clock; set(byMs: number): void } {
  let offset = hazard?.clientClock?.offsetMs ?? 0;
  const { sleep, random = () => 0.5 } = clock;
  return {
    clock: hazard?.clientClock === undefined ? clock : { now: () => clock.now() + offset, sleep, random },
    set: (byMs) => {
      offset += byMs;
    },
  };
}

/** A second environment of the same system, in which a restore has ended in another way long before. */
function neighbours<Extra>(arena: Arena<Extra>, schedule: Schedule<Extra>, clock: VirtualClock): Gateway {
  const truth = schedule.truth === 'succeeded' ? 'failed' : 'succeeded';
  const other = arena.open({ ...schedule, durationMs: 1, truth, wire: [], hazard: undefined }, clock, clock);
  return behindGateway(arena, other);
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
    promise(stray.length === 0, `A rejection was handled by nobody: ${stray.map(inWords).join('; ')}`, 'raw error');
    return result;
  } finally {
    process.off('unhandledRejection', keep);
  }
}
