import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import { uniqueId } from '../clock/unique-id.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { KeyMismatchError } from '../errors/key-mismatch-error.ts';
import { optionalSignal } from '../errors/require.ts';
import type { Started } from '../errors/restore-kit-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { BoundedStore } from './bounded-store.ts';
import { checkStore } from './check-store.ts';
import { resumeStarted, withDurations } from './followed-start.ts';
import { closeIfEnded, restoreInProgress } from './holder-in-the-way.ts';
import { PREPARING_MS, PreparingLease } from './preparing-lease.ts';
import { memoryOf, type ProcessMemory } from './process-memory.ts';
import { nameOfKey, nameOfTarget } from './record-names.ts';
import { SentStart } from './sent-start.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import { type CheckedInput, checkInput, type InputContext } from './start-input.ts';
import type { StartOnceOptions } from './start-options.ts';
import { StartReconciler } from './start-reconciler.ts';
import type { StartRecord } from './start-record.ts';
import type { StoredRecord } from './start-record-store.ts';
import { StartRecords } from './start-records.ts';
import { describeTarget, isSameTarget, type StartTarget, toTarget } from './start-target.ts';

const STARTER_PATIENCE_MS = 10_000;
const WATCH_EVERY_MS = 200;

/** One call of `startOnce`. */
export class StartAttempt<Op extends AnyOperation, Input> {
  readonly #options: StartOnceOptions<Op, Input>;
  readonly #target: StartTarget;
  /** The checked input, if it was passed as a value. */
  readonly #input: CheckedInput | undefined;
  readonly #clock: Clock;
  readonly #records: StartRecords;
  readonly #memory: ProcessMemory;
  /** Whether earlier calls with the key started the restore, as far as the record was read. */
  #startedBefore: Started = 'no';

  constructor(options: StartOnceOptions<Op, Input>) {
    const { key, store, client, start, input, clock = systemClock } = options;
    nameOfKey(key);
    checkStore(store);
    if (typeof start !== 'function')
      throw new ConfigurationError('start', 'must be a function that makes the start call.');
    if (typeof client?.resume !== 'function') throw new ConfigurationError('client', 'must be a client of restorekit.');
    optionalSignal('signal', options.signal);
    this.#target = toTarget(options.target, client);
    nameOfTarget(this.#target);
    this.#input = input === undefined || typeof input === 'function' ? undefined : checkInput(input);
    this.#options = options;
    this.#clock = clock;
    this.#records = new StartRecords(new BoundedStore(store, clock, { timeoutMs: options.storeTimeoutMs }), clock);
    this.#memory = memoryOf(store);
  }

  async run(): Promise<Op> {
    try {
      for (;;) {
        this.#options.signal?.throwIfAborted();
        const stored = await this.#records.records.read(this.#options.key);
        const next = stored ? await this.#goOn(stored) : await this.#records.records.create(this.#fresh());
        if (next && 'operation' in next) return await withDurations(next.operation, next.record, this.#records);
        const intended = next && (await this.#prepare(next));
        if (intended) {
          const operation = await this.#sent(intended.record).send();
          return await withDurations(operation, intended.record, this.#records);
        }
      }
    } catch (error) {
      throw StoreError.isInstance(error) ? this.#beforeSending(error) : error;
    }
  }

  /** Decides what an existing record allows: its operation, a new attempt, or reading it again. */
  async #goOn(
    stored: StoredRecord,
  ): Promise<{ readonly operation: Op; readonly record: StartRecord } | StoredRecord | undefined> {
    const { record } = stored;
    const { records } = this.#records;
    if (record.state === 'released') {
      this.#startedBefore = 'no';
      return records.replace(stored, this.#fresh(record));
    }
    if (this.#memory.notStarted.has(record.attempt)) {
      await this.#releaseRemembered(record);
      return undefined;
    }
    this.#startedBefore = record.state === 'preparing' ? 'no' : record.handle ? 'yes' : 'unknown';
    this.#checkSameRestore(record);
    if (record.state === 'preparing') {
      // Nothing was sent yet. Replacing the record takes away the right to send from the process that wrote it.
      return (await this.#hasMoved(stored, PREPARING_MS)) ? undefined : records.replace(stored, this.#fresh(record));
    }
    if (record.state === 'intended') {
      const sinceMs = Math.max(0, this.#clock.now() - Date.parse(record.updatedAt));
      const patienceMs = (this.#options.starterPatienceMs ?? STARTER_PATIENCE_MS) - sinceMs;
      if (await this.#hasMoved(stored, patienceMs)) return undefined;
    }
    const { signal } = this.#options;
    const operation = resumeStarted(record, this.#client, this.#context());
    return { operation: operation ?? (await new StartReconciler(record, this.#context()).find(signal)), record };
  }

  /** @throws {KeyMismatchError} */
  #checkSameRestore({ key, target, input }: StartRecord): void {
    if (!isSameTarget(target, this.#target)) {
      throw new KeyMismatchError(
        `The key '${key}' belongs to a restore of ${describeTarget(target)}, not of ${describeTarget(this.#target)}. Nothing was sent. Use a new key for a new restore.`,
        { key, differs: 'target' },
      );
    }
    if (this.#input && input?.fingerprint !== this.#input.fingerprint) {
      throw new KeyMismatchError(
        `The key '${key}' belongs to a restore with another input. Nothing was sent. Use a new key for a new restore.`,
        { key, differs: 'input' },
      );
    }
  }

  /**
   * Claims the target, gets the input and records the intent. Returns undefined if another process has taken over.
   * Nothing is sent here, so any failure releases what this attempt has written.
   */
  async #prepare(prepared: StoredRecord): Promise<StoredRecord | undefined> {
    const { record } = prepared;
    const lease = new PreparingLease(prepared, this.#records.records, this.#clock);
    try {
      await this.#claimTarget(record);
      const input = await this.#findInput(record);
      const baseline = await this.#takeBaseline();
      this.#options.signal?.throwIfAborted();
      const current = await lease.end();
      if (!current) return undefined;
      const intendedAt = this.#records.now();
      const intended: StartRecord = {
        ...current.record,
        state: 'intended',
        intendedAt,
        updatedAt: intendedAt,
        ...omitUndefined({ input, baseline }),
      };
      const written = await this.#records.records.replace(current, intended);
      // The write may have been slow. Nothing was sent yet.
      this.#options.signal?.throwIfAborted();
      return written;
    } catch (error) {
      await lease.end();
      const isAborted = this.#options.signal?.aborted === true;
      await this.#releaseNotStarted(record, isAborted ? 'aborted' : reasonBefore(error));
      throw error;
    }
  }

  /** @throws {RestoreInProgressError} */
  async #claimTarget(record: StartRecord): Promise<void> {
    const { signal, allowConcurrent = this.#overwritesNothing() } = this.#options;
    for (;;) {
      signal?.throwIfAborted();
      const blocker = await this.#records.claims.claim(record, { allowConcurrent });
      if (!blocker) return;
      if (!(await this.#isOutOfTheWay(blocker))) throw restoreInProgress(blocker.record);
    }
  }

  #overwritesNothing(): boolean {
    const { client } = this.#options;
    const { overwritesNothing = false } = client;
    return typeof overwritesNothing === 'function'
      ? overwritesNothing.call(client, this.#target) === true
      : overwritesNothing === true;
  }

  /** Whether the holder of the target has ended, or has sent nothing and can no longer send. */
  async #isOutOfTheWay(blocker: StoredRecord): Promise<boolean> {
    const { record } = blocker;
    const { client, signal } = this.#options;
    if (this.#memory.notStarted.has(record.attempt)) {
      await this.#releaseRemembered(record);
      return true;
    }
    if (record.state !== 'preparing') {
      return closeIfEnded(record, { client, records: this.#records, signal });
    }
    if (!(await this.#hasMoved(blocker, PREPARING_MS))) {
      await this.#records.fence(blocker);
      return true;
    }
    const current = (await this.#records.records.read(record.key))?.record;
    // The process is alive and about to send.
    return current?.state !== 'preparing' || current.attempt !== record.attempt;
  }

  async #findInput({ input: recorded }: StartRecord): Promise<StartRecord['input']> {
    const { input } = this.#options;
    if (typeof input !== 'function') return this.#input && { fingerprint: this.#input.fingerprint };
    if (recorded && 'value' in recorded) return recorded;
    const find = input as (context: InputContext) => Input | Promise<Input>;
    return checkInput(await find(this.#inputContext()));
  }

  #inputContext(): InputContext {
    const { key, note, signal } = this.#options;
    return omitUndefined({ key, note, signal });
  }

  #sent(record: StartRecord): SentStart<Op, Input> {
    const input = record.input && 'value' in record.input ? record.input.value : this.#input?.value;
    return new SentStart(record, { ...this.#context(), options: this.#options, input: input as Input });
  }

  /** The operation of a key is always the one that was started with it. */
  get #client(): StartOnceClient<Op> {
    return this.#options.client as StartOnceClient<Op>;
  }

  #context() {
    const { store, onStoreError } = this.#options;
    return { store, client: this.#client, onStoreError, records: this.#records, clock: this.#clock };
  }

  #fresh(earlier?: StartRecord): StartRecord {
    const { key, note, input } = this.#options;
    const now = this.#records.now();
    const isSame = earlier !== undefined && isSameTarget(earlier.target, this.#target);
    // The result of the input function of an earlier attempt is used again.
    const recorded = typeof input === 'function' && isSame && earlier.input && 'value' in earlier.input;
    const found = recorded ? earlier.input : this.#input && { fingerprint: this.#input.fingerprint };
    return {
      v: 1,
      key,
      target: this.#target,
      state: 'preparing',
      attempt: uniqueId(),
      createdAt: earlier?.createdAt ?? now,
      updatedAt: now,
      ...omitUndefined({ input: found, note }),
    };
  }

  /** Waits until another process has written the record, for at most `patienceMs` by the clock of this process. */
  async #hasMoved({ record, version }: StoredRecord, patienceMs: number): Promise<boolean> {
    const until = this.#clock.now() + patienceMs;
    for (let left = patienceMs; left > 0; left = until - this.#clock.now()) {
      await this.#clock.sleep(Math.min(WATCH_EVERY_MS, left), this.#options.signal);
      if ((await this.#records.records.read(record.key))?.version !== version) return true;
    }
    return false;
  }

  async #takeBaseline(): Promise<unknown> {
    const { client, signal } = this.#options;
    try {
      return await client.takeBaseline?.(this.#target, signal ? { signal } : {});
    } catch {
      // The baseline is optional: without it, the start is sent nevertheless.
      signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Releases an attempt that has sent nothing and never will. If the store fails, the process remembers it. */
  async #releaseNotStarted(record: StartRecord, reason: string): Promise<void> {
    this.#memory.notStarted.add(record.attempt);
    try {
      await this.#records.forOneTask().release(record, reason);
      this.#memory.notStarted.delete(record.attempt);
    } catch {
      // What made it necessary is told.
    }
  }

  /** @throws {StoreError} the store still fails */
  async #releaseRemembered(record: StartRecord): Promise<void> {
    await this.#records.release(record, 'not-sent');
    this.#memory.notStarted.delete(record.attempt);
  }

  /** Adds to an error of the store what is known about the restore. */
  #beforeSending(error: StoreError): StoreError {
    const { key } = this.#options;
    const started = error.started === 'no' ? this.#startedBefore : error.started;
    const earlier = {
      no: '',
      yes: ` According to the record of '${key}', an earlier call has started a restore.`,
      unknown: ` An earlier call may have started the restore '${key}'.`,
    }[started];
    return new StoreError(`${error.message} Nothing was sent by this call.${earlier}`, {
      reason: error.reason,
      started,
      cause: error.cause,
    });
  }
}

function reasonBefore(error: unknown): string {
  if (StoreError.isInstance(error)) return 'not-sent';
  return (error as { readonly code?: unknown } | null)?.code === 'restore-in-progress'
    ? 'target-in-use'
    : 'not-prepared';
}
