import { join } from 'node:path';
import { OperationFailedError } from '../../../src/errors/operation-failed-error.ts';
import { RestoreInProgressError } from '../../../src/errors/restore-in-progress-error.ts';
import { RestoreKitError } from '../../../src/errors/restore-kit-error.ts';
import { StartOutcomeUnknownError } from '../../../src/errors/start-outcome-unknown-error.ts';
import { fileStore } from '../../../src/node/file-store.ts';
import { waitForCompletion } from '../../../src/operation/wait-for-completion.ts';
import { listStarts } from '../../../src/start-once/list-starts.ts';
import { memoryStore } from '../../../src/start-once/memory-store.ts';
import { objectStore } from '../../../src/start-once/object-store.ts';
import type { RestoreStore } from '../../../src/start-once/restore-store.ts';
import { startOnce } from '../../../src/start-once/start-once.ts';
import type { StartRecord } from '../../../src/start-once/start-record.ts';
import { virtualClock } from '../../../src/testing/virtual-clock.ts';
import { openEnvironment, openOtherEnvironment, type SystemName } from './environments.ts';
import { bucket, FaultyLink, objectCallsOver, type StoreFaults, storeOver } from './faulty-store.ts';
import { logUniform, pick, type Random } from './random.ts';
import { type ProcessRisks, SimulatedProcess } from './simulated-process.ts';
import { type Call, type Truth, Wire, type WireFaults } from './wire.ts';

export type StoreName = 'memory' | 'object' | 'file';

export interface WorldOptions {
  readonly system: SystemName;
  readonly store: StoreName;
  /** The folder of the file store. */
  readonly folder: string;
  readonly keys: number;
  /** Whether two environments share one host and differ only by the prefix of a gateway. */
  readonly hasGateway: boolean;
  readonly random: Random;
  readonly risks: ProcessRisks;
  readonly storeFaults: StoreFaults;
  readonly wireFaults: WireFaults;
}

/** What a process learned about a key. */
export type Told =
  | { readonly what: 'ended'; readonly state: string; readonly id: string; readonly at: number }
  /** An error said that nothing was started, in a call that has sent a start. */
  | { readonly what: 'not-sent'; readonly code: string; readonly call: Call }
  | { readonly what: 'unknown' | 'in-progress' | 'other' };

export interface KeyOutcome {
  readonly truth: Truth;
  readonly told: readonly Told[];
  readonly record: StartRecord | undefined;
}

export interface WorldOutcome {
  readonly keys: readonly KeyOutcome[];
  readonly deaths: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const MOST_RERUNS = 12;
const PROCESSES = 3;

/** Runs restores with processes that die, are suspended and have different clocks, until nothing changes any more. */
export async function runWorld(options: WorldOptions): Promise<WorldOutcome> {
  const { random } = options;
  const base = virtualClock(Date.UTC(2026, 0, 1) + Math.floor(random() * 365 * 24) * 60 * MINUTE);
  const origin = 'https://gateway.example.org';
  const environments = options.hasGateway
    ? [
        openEnvironment(options.system, `${origin}/one`, base),
        openOtherEnvironment(options.system, `${origin}/two`, base),
      ]
    : [openEnvironment(options.system, origin, base)];
  const wire = new Wire(base, random, options.wireFaults);
  const openStore = await storeOf(options);
  let deaths = 0;

  const truths = Array.from({ length: options.keys }, (_, number): Truth => {
    const environment = pick(random, environments);
    const target = pick(random, environment.instances);
    return { key: `CHANGE-${number}`, environment, target, posts: 0, committed: [] };
  });
  const told = new Map(truths.map((truth): [Truth, Told[]] => [truth, []]));

  /** Starts one process after another until the key has ended. */
  const supervise = async (seat: number): Promise<void> => {
    await base.sleep(logUniform(random, 1, 10 * SECOND));
    for (let generation = 0; generation < 30; generation += 1) {
      const life = await live(seat);
      if (life === 'done') return;
      deaths += 1;
      await base.sleep(logUniform(random, SECOND, 5 * MINUTE));
    }
  };

  const live = (seat: number): Promise<'done' | 'died'> =>
    new Promise((resolve) => {
      const skewMs = Math.round((random() * 2 - 1) * 15 * MINUTE);
      const onDeath = () => resolve('died');
      const process = new SimulatedProcess({ base, skewMs, random, risks: options.risks, onDeath });
      const link = new FaultyLink(base, process, random, options.storeFaults);
      const store = openStore(link);
      const own = truths.filter((_, number) => number % PROCESSES === seat || random() < 0.3);
      const work = own.map((truth) => makeKey(truth, { process, store }));
      Promise.all(work).then(() => resolve('done'));
    });

  const makeKey = async (
    truth: Truth,
    { process, store }: { readonly process: SimulatedProcess; readonly store: RestoreStore },
  ): Promise<void> => {
    const { clock } = process;
    const words = told.get(truth) ?? [];
    let call: Call = { posts: 0 };
    const fetch = wire.fetchOf(truth, process, () => call);
    const plan = truth.environment.connect(fetch, clock)(spelt(truth.target, random));
    for (let rerun = 0; rerun < MOST_RERUNS; rerun += 1) {
      call = { posts: 0 };
      try {
        const { start, ...rest } = plan;
        const control = new AbortController();
        if (random() < 0.05)
          void clock.sleep(logUniform(random, 10, MINUTE)).then(() => control.abort(new Error('impatient')));
        const operation = await startOnce({
          ...rest,
          key: truth.key,
          store,
          clock,
          signal: control.signal,
          start: (_, { signal }) => start(signal ? { signal } : {}),
        });
        const { state } = await waitForCompletion(operation, {
          timeoutMs: 6 * 60 * MINUTE,
          cadence: () => 20 * SECOND,
        });
        words.push({ what: 'ended', state, id: operation.id, at: base.now() });
        return;
      } catch (error) {
        if (OperationFailedError.isInstance(error)) {
          words.push({ what: 'ended', state: error.state, id: error.handle?.id ?? '', at: base.now() });
          return;
        }
        if (RestoreKitError.isInstance(error) && error.started === 'no' && call.posts > 0) {
          // Whether it was performed is known only at the end, because a server may process it late.
          words.push({ what: 'not-sent', code: error.code, call });
        }
        if (StartOutcomeUnknownError.isInstance(error)) words.push({ what: 'unknown' });
        else if (RestoreInProgressError.isInstance(error)) words.push({ what: 'in-progress' });
        else words.push({ what: 'other' });
      }
      await clock.sleep(logUniform(random, 10 * SECOND, 10 * MINUTE));
    }
  };

  await Promise.all(Array.from({ length: PROCESSES }, (_, seat) => supervise(seat)));
  // Starts that are processed late and ends that come late are counted too.
  await base.sleep(60 * MINUTE);
  const records = await listStarts({ store: openStore(undefined), clock: base }).toArray();
  const keys = truths.map((truth): KeyOutcome => {
    return { truth, told: told.get(truth) ?? [], record: records.find(({ key }) => key === truth.key) };
  });
  return { keys, deaths };
}

/** A GUID may be written in upper or lower case. */
function spelt(target: string, random: Random): string {
  return random() < 0.5 ? target.toUpperCase() : target;
}

/** Opens the store of a world, with or without a faulty link. */
async function storeOf(options: WorldOptions): Promise<(link: FaultyLink | undefined) => RestoreStore> {
  if (options.store === 'object') {
    const calls = bucket();
    await objectStore.create(calls);
    return (link) => objectStore(link ? objectCallsOver(calls, link) : calls);
  }
  const folder = join(options.folder, 'store');
  if (options.store === 'file') fileStore.create(folder);
  const shared = options.store === 'file' ? undefined : memoryStore();
  return (link) => {
    const store = shared ?? fileStore(folder);
    return link ? storeOver(store, link) : store;
  };
}
