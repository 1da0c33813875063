import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { uniqueId } from '../clock/unique-id.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { RestoreInProgressError } from '../errors/restore-in-progress-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { checkStore } from './check-store.ts';
import { judgeStartError, reasonOf } from './judge-start-error.ts';
import { nameOfKey, nameOfTarget } from './names.ts';
import { memoryOf } from './process-memory.ts';
import type { Entry } from './record-book.ts';
import type { RestoreStore } from './restore-store.ts';
import { type AnyOperation, opensSessions, type StartOnceClient } from './start-client.ts';
import { StartReconciler } from './start-reconciler.ts';
import type { StartRecord } from './start-record.ts';
import { StartRecords } from './start-records.ts';
import { describeTarget, isSameTarget, type StartTarget, type StartTargetInput, toTarget } from './start-target.ts';
import { PREPARING_MS } from './target-claims.ts';

/** What `start` is given. */
export interface StartContext {
  readonly key: string;
  readonly note?: string;
  readonly signal?: AbortSignal;
}

export interface StartOnceOptions<Op extends AnyOperation> {
  /** Names this one restore for ever: a change number, the id of a run. Who calls again means the same restore. */
  readonly key: string;
  readonly store: RestoreStore;
  readonly client: StartOnceClient<Op>;
  /** What is overwritten; a text is the `instance`. */
  readonly target: StartTargetInput | string;
  /** Makes the one start call and nothing else: whatever it throws is taken for what became of that call. */
  readonly start: (context: StartContext) => Promise<Op>;
  /** Your own remark; recorded, and given to `start`. No secret. */
  readonly note?: string;
  /**
   * Starts although the target has an unfinished restore. @default false; true for Veeam sessions, which overwrite
   * nothing by being opened
   */
  readonly allowConcurrent?: boolean;
  /**
   * How long a second process waits for the handle while a first one may be making the start, in milliseconds from the
   * recorded intent. @default 10 s
   */
  readonly starterPatienceMs?: number;
  /** Ends the preparation, the waiting and the reconciling; what it does to the start call is up to `start`. */
  readonly signal?: AbortSignal;
  /** Told when the store fails at a moment when there is something more important to tell: an end, a refusal. */
  readonly onStoreError?: (error: unknown) => void;
  /** @default the system's clock */
  readonly clock?: Clock;
}

const STARTER_PATIENCE_MS = 10_000;
const GLANCE_MS = 200;
const LATE_MS = 60_000;

/**
 * Starts a restore at most once under its key, whatever crashes: the intent is recorded durably before the request
 * leaves, and the handle after it returns.
 *
 * Called again with the same key, here or in another process, it answers the operation that was started, running or
 * finished, or finds it by reconciling with the vendor, or throws; **it never starts again after a request may have
 * left.** A start that was refused by an answer, or provably never sent, frees the key. Of two processes that race on
 * one key, one starts.
 *
 * The target is claimed too, until a terminal look through the operation that this returns (or `followStart`, or
 * `settleStart`) closes the record.
 * @throws {RestoreInProgressError} the target has an unfinished restore under another key; nothing was sent
 * @throws {StartOutcomeUnknownError} the start may have been sent, now or by an earlier process, and its answer is lost
 * @throws {OutcomeUnknownError} with the `handle`: it was started, and the store did not take the handle
 * @throws {ConfigurationError} an option is wrong, or the key stands for another target; nothing was sent
 * @throws whatever `start` threw, where that says that nothing was started; and what the store throws before the start
 */
export async function startOnce<Op extends AnyOperation>(options: StartOnceOptions<Op>): Promise<Op> {
  const call = new StartOnceCall(options);
  const { underWay } = memoryOf(options.store);
  const { key } = options;
  for (let other = underWay.get(key); other; other = underWay.get(key)) await other.catch(() => undefined);
  const work = call.run();
  underWay.set(key, work);
  try {
    return await work;
  } finally {
    underWay.delete(key);
  }
}

class StartOnceCall<Op extends AnyOperation> {
  readonly #options: StartOnceOptions<Op>;
  readonly #target: StartTarget;
  readonly #clock: Clock;
  readonly #desk: StartRecords;

  constructor(options: StartOnceOptions<Op>) {
    const { key, store, client, start, clock = systemClock } = options;
    nameOfKey(key);
    checkStore(store);
    if (typeof start !== 'function')
      throw new ConfigurationError('start', 'must be a function that makes the start call.');
    if (typeof client?.resume !== 'function') throw new ConfigurationError('client', 'must be a client of restorekit.');
    this.#target = toTarget(options.target, client);
    nameOfTarget(this.#target);
    this.#options = options;
    this.#clock = clock;
    this.#desk = new StartRecords(store, clock, options.onStoreError);
  }

  async run(): Promise<Op> {
    const { key, signal } = this.#options;
    for (;;) {
      signal?.throwIfAborted();
      const entry = await this.#desk.book.read(key);
      const prepared = entry ? await this.#goOn(entry) : await this.#desk.book.create(this.#fresh());
      if (prepared && 'operation' in prepared) return prepared.operation;
      const intended = prepared && (await this.#intend(prepared));
      if (intended) return this.#start(intended.record);
    }
  }

  /** What a record that is there already allows: its operation, a new attempt, or to poll again. */
  async #goOn(entry: Entry): Promise<{ readonly operation: Op } | Entry | undefined> {
    const { record } = entry;
    const { book } = this.#desk;
    if (record.state === 'released') return book.replace(entry, this.#fresh(record));
    if (!isSameTarget(record.target, this.#target)) {
      const asked = describeTarget(this.#target);
      throw new ConfigurationError('key', `stands for a restore of ${describeTarget(record.target)}, not of ${asked}.`);
    }
    if (record.state === 'preparing') {
      // Nothing was sent: whoever replaces the record takes the right to send away from the one who wrote it.
      return (await this.#hasMoved(entry, PREPARING_MS)) ? undefined : book.replace(entry, this.#fresh(record));
    }
    if (record.state === 'intended') {
      const patience = this.#options.starterPatienceMs ?? STARTER_PATIENCE_MS;
      if (await this.#hasMoved(entry, patience)) return undefined;
    }
    const operation = this.#desk.resume(record, this.#options.client) ?? (await this.#recover(record));
    return { operation };
  }

  /** Claims the target, and makes the intent durable. undefined where another process has taken over. */
  async #intend(prepared: Entry): Promise<Entry | undefined> {
    const { client, signal, allowConcurrent = opensSessions(client) } = this.#options;
    const { book, claims } = this.#desk;
    const { record } = prepared;
    const inTheWay = await claims.claim(record, { allowConcurrent, now: this.#clock.now() });
    if (inTheWay) {
      await this.#desk.release(record, 'target-in-use');
      throw inProgress(inTheWay);
    }
    try {
      const baseline = await this.#takeBaseline();
      signal?.throwIfAborted();
      const intendedAt = this.#desk.now();
      return await book.replace(prepared, {
        ...record,
        state: 'intended',
        intendedAt,
        updatedAt: intendedAt,
        ...(baseline === undefined ? {} : { baseline }),
      });
    } catch (error) {
      if (signal?.aborted) await this.#desk.quietly(() => this.#desk.release(record, 'aborted'));
      throw error;
    }
  }

  async #start(record: StartRecord): Promise<Op> {
    const { key, note, signal, start } = this.#options;
    let operation: Op;
    let handle: OperationHandle;
    try {
      operation = await start({ key, ...(note === undefined ? {} : { note }), ...(signal ? { signal } : {}) });
      handle = operation.toJSON();
    } catch (error) {
      throw await this.#failed(record, error);
    }
    await this.#desk.started(record, handle);
    return this.#desk.follow(record, operation);
  }

  /** Records what the error of a start says, and answers what to throw. */
  async #failed(record: StartRecord, error: unknown): Promise<unknown> {
    const verdict = judgeStartError(error);
    if (verdict === 'not-started') {
      await this.#desk.quietly(() => this.#desk.release(record, reasonOf(error)));
      return error;
    }
    const handle = handleOf(error);
    if (handle) {
      await this.#desk.quietly(() => this.#desk.started(record, handle));
      return error;
    }
    const reason = verdict === 'accepted' ? verdict : reasonOf(error);
    await this.#desk.quietly(() =>
      this.#desk.settle(record, ({ state }) => (state === 'intended' ? { state: 'unknown', reason } : undefined)),
    );
    if (verdict === 'accepted') return error;
    if (StartOutcomeUnknownError.isInstance(error)) {
      memoryOf(this.#options.store).lost.set(record.attempt, error.reconcile);
      const { message, advice, cause } = error;
      return new StartOutcomeUnknownError<Op>(message, { reconcile: this.#inquiry(record).reconcile, advice, cause });
    }
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : 'what is no error';
    return this.#inquiry(record).error({ cause: error, evidence: [`The start call threw ${thrown}.`] });
  }

  /** Finds the operation of a start without a handle, or throws. */
  async #recover(record: StartRecord): Promise<Op> {
    const inquiry = this.#inquiry(record);
    if (!inquiry.canAsk) throw inquiry.error();
    const { signal } = this.#options;
    // What a server carries out late is there within a minute. An older start is looked for at once or not at all, so
    // that a loop of reruns that die young gets its answer too; reconcile() of the error takes its time.
    const patienceMs = Math.max(0, inquiry.startedAt.getTime() + LATE_MS - this.#clock.now());
    const told = await inquiry.ask(signal ? { signal, patienceMs } : { patienceMs });
    if (told.outcome === 'started') return told.operation;
    // Silence frees nothing here: a loop that calls again and again must not start by itself what was only late.
    const silence = [
      'The vendor tells of nothing started; reconcile() of this error takes its word and frees the key.',
    ];
    throw inquiry.error({ evidence: told.outcome === 'unknown' ? told.evidence : silence });
  }

  #inquiry(record: StartRecord): StartReconciler<Op> {
    const { store, client } = this.#options;
    return new StartReconciler(record, { store, client, desk: this.#desk, clock: this.#clock });
  }

  #fresh(earlier?: StartRecord): StartRecord {
    const { key, note } = this.#options;
    const now = this.#desk.now();
    return {
      v: 1,
      key,
      target: this.#target,
      state: 'preparing',
      attempt: uniqueId(),
      createdAt: earlier?.createdAt ?? now,
      updatedAt: now,
      ...(note === undefined ? {} : { note }),
    };
  }

  /** Waits until somebody has written the record again, at most for so long after it was written. */
  async #hasMoved({ record, version }: Entry, patienceMs: number): Promise<boolean> {
    const until = Math.min(this.#clock.now(), Date.parse(record.updatedAt)) + patienceMs;
    for (let left = until - this.#clock.now(); left > 0; left = until - this.#clock.now()) {
      await this.#clock.sleep(Math.min(GLANCE_MS, left), this.#options.signal);
      if ((await this.#desk.book.read(record.key))?.version !== version) return true;
    }
    return false;
  }

  async #takeBaseline(): Promise<unknown> {
    const { client, signal } = this.#options;
    try {
      return await client.takeBaseline?.(this.#target, signal ? { signal } : {});
    } catch {
      // A help and no condition: the start is sent without it.
      signal?.throwIfAborted();
      return undefined;
    }
  }
}

function inProgress({ key, handle, target, state }: StartRecord): RestoreInProgressError {
  const found = handle
    ? `${handle.kind} ${handle.id}`
    : ({ preparing: 'about to be sent', intended: 'on its way' }[state as string] ?? 'not known to have been answered');
  return new RestoreInProgressError(
    `${describeTarget(target)} has an unfinished restore, '${key}' (${found}). Nothing was sent. Follow that one to its end by followStart(), or allow both by allowConcurrent.`,
    { key, handle, target },
  );
}

/** The handle that an error carries which comes after a start. */
function handleOf(error: unknown): OperationHandle | undefined {
  const comesAfter = [OutcomeUnknownError, OperationFailedError, PartialRestoreError].some((kind) =>
    kind.isInstance(error),
  );
  return comesAfter ? (error as { readonly handle?: OperationHandle }).handle : undefined;
}
