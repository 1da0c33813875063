import { seededRandom } from '../support/random.ts';
import { restorekit } from '../support/restorekit.ts';
import type { SimulatedOperation } from './operations.ts';

const ROUND_TRIP_MS = 200;

export interface Watched {
  readonly requests: number;
  /** From the end of the operation until the waiter had the answer with the end. */
  readonly latencyMs: number;
}

export interface Strategy {
  readonly name: string;
  readonly isOurs?: boolean;
  /** It needs the durations of earlier restores. */
  readonly usesHistory?: boolean;
  watch(operation: SimulatedOperation): Promise<Watched> | Watched;
}

/** Milliseconds to sleep after the `answered`th answer, the first being 1. */
type Delay = (answered: number, random: () => number) => number;

/** A peer's rule. They all poll once after the start, and sleep between an answer and the next request. */
function peer(name: string, delay: Delay): Strategy {
  return {
    name,
    watch: ({ endsAtMs, seed }) => {
      const random = seededRandom(seed);
      let now = 0;
      for (let requests = 1; ; requests += 1) {
        const isOver = now + ROUND_TRIP_MS / 2 >= endsAtMs;
        now += ROUND_TRIP_MS;
        if (isOver) return { requests, latencyMs: now - endsAtMs };
        now += delay(requests, random);
      }
    },
  };
}

const fixed = (ms: number) => peer(`fixed ${ms / 1_000} s`, () => ms);

/** The shipped `waitForCompletion`, with a separate clock per operation. */
function ours(boost: number, usesHistory = false): Strategy {
  const plain = restorekit.adaptiveCadence({ boost });
  return {
    name: usesHistory ? 'restorekit, with history' : `restorekit, boost ${boost}`,
    isOurs: true,
    usesHistory,
    watch: async ({ endsAtMs, seed, percentAt, historyMs }) => {
      const cadence = usesHistory ? restorekit.historyCadence(historyMs, plain) : plain;
      let now = 0;
      let requests = 0;
      const clock = {
        now: () => now,
        random: seededRandom(seed),
        // There is only one sleeper, so the time can jump.
        sleep: async (ms: number) => {
          now += ms;
        },
      };
      const operation = restorekit.defineOperation<undefined>({
        kind: 'bench/restore',
        id: String(seed),
        startedAt: new Date(0),
        clock,
        poll: () => {
          requests += 1;
          now += ROUND_TRIP_MS / 2;
          const isOver = now >= endsAtMs;
          const percent = percentAt(now);
          now += ROUND_TRIP_MS / 2;
          if (isOver) return { state: 'succeeded', result: undefined };
          return { state: 'running', ...(percent === undefined ? {} : { percent }) };
        },
      });
      await restorekit.waitForCompletion(operation, { cadence, timeoutMs: 1e12 });
      return { requests, latencyMs: now - endsAtMs };
    },
  };
}

export const strategies: readonly Strategy[] = [
  fixed(2_000),
  fixed(5_000),
  fixed(15_000),
  fixed(30_000),
  // @azure/core-lro 3.3.1, poller/constants.js: POLL_INTERVAL_IN_MS.
  peer('Azure core-lro', () => 2_000),
  // cf-java-client, JobUtils and DelayUtils.exponentialBackOff(1 s, 15 s).
  peer('cf-java-client', (answered) => Math.min(1_000 * 2 ** (answered - 1), 15_000)),
  // oci-common 2.142.1, ExponentialBackoffDelayStrategy(30).
  peer('OCI waiter', (answered) => Math.min(1_000 * 2 ** (answered - 1), 30_000)),
  // google-gax 5.0.8, createDefaultBackoffSettings(): 0.1 s, times 1.3, to 60 s.
  peer('Google gax', (answered) => Math.min(100 * 1.3 ** (answered - 1), 60_000)),
  // @smithy/util-waiter 4.6.2 with its defaults of 2 s and 120 s: jittered while it grows, not at its ceiling.
  peer('AWS waiter', (answered, random) => {
    if (answered > Math.log2(120_000 / 2_000) + 1) return 120_000;
    const upTo = Math.min(2_000 * 2 ** (answered - 1), 120_000);
    return 2_000 + random() * (upTo - 2_000);
  }),
  ours(1),
  ours(2),
  ours(1, true),
];
