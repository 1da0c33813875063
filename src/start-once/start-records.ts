import type { Clock } from '../clock/clock.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import type { TerminalStatus } from '../operation/status.ts';
import { closeAtEnd, endedWith } from './close-at-end.ts';
import { RecordBook } from './record-book.ts';
import { recallEnd, rememberEnd } from './remembered-end.ts';
import type { RestoreStore } from './restore-store.ts';
import type { AnyOperation, StartOnceClient } from './start-client.ts';
import type { StartRecord } from './start-record.ts';
import { TargetClaims } from './target-claims.ts';
import { untilWritten } from './until-written.ts';

/** Pauses before a write is tried again that must not be lost: the handle of a restore that runs. */
const PAUSES_MS = [0, 100, 500, 2_000];

/** The records and claims of one store, and what is written at each turn of a start. */
export class StartRecords {
  readonly book: RecordBook;
  readonly claims: TargetClaims;
  readonly #clock: Clock;
  readonly #onStoreError: ((error: unknown) => void) | undefined;

  constructor(store: RestoreStore, clock: Clock, onStoreError?: (error: unknown) => void) {
    this.book = new RecordBook(store);
    this.claims = new TargetClaims(store, this.book);
    this.#clock = clock;
    this.#onStoreError = onStoreError;
  }

  now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  /**
   * Writes what has become of an attempt, where that changes what stands there. Answers the record that stands then;
   * undefined where another attempt has taken its place.
   */
  settle(
    { key, attempt }: StartRecord,
    change: (standing: StartRecord) => Partial<StartRecord> | undefined,
  ): Promise<StartRecord | undefined> {
    return untilWritten(async () => {
      const entry = await this.book.read(key);
      if (!entry || entry.record.attempt !== attempt) return { done: undefined };
      const changes = change(entry.record);
      if (!changes) return { done: entry.record };
      const written = await this.book.replace(entry, { ...entry.record, ...changes, updatedAt: this.now() });
      return written && { done: written.record };
    });
  }

  /** Nothing was started: the key and its target are free. Answers what stands, should somebody know better by now. */
  async release(record: StartRecord, reason: string): Promise<StartRecord | undefined> {
    const standing = await this.settle(record, ({ state, handle }) =>
      handle || state === 'ended' ? undefined : { state: 'released', reason },
    );
    if (standing?.state !== 'started') await this.claims.free(record);
    return standing;
  }

  /** It is over: the target is free. */
  async end(record: StartRecord, as: TerminalStatus<unknown> | 'settled'): Promise<void> {
    const told = as === 'settled' ? { endedAs: as } : { endedAs: as.state, end: rememberEnd(as) };
    await this.settle(record, () => ({ state: 'ended', ...told }));
    await this.claims.free(record);
  }

  /** Nothing that fails here may hide what the caller has to be told. */
  async quietly(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#onStoreError?.(error);
    }
  }

  /**
   * Records the handle of a restore that runs.
   * @throws {OutcomeUnknownError} with that handle, where the store does not take it
   */
  async started(record: StartRecord, handle: OperationHandle): Promise<void> {
    let cause: unknown;
    for (const pause of PAUSES_MS) {
      if (pause > 0) await this.#clock.sleep(pause);
      try {
        const standing = await this.settle(record, ({ state }) =>
          state === 'ended' ? { handle } : { state: 'started', handle },
        );
        if (standing) return;
        cause = undefined;
        break;
      } catch (error) {
        cause = error;
      }
    }
    const why = cause instanceof Error ? cause.message : 'its record was given to another attempt meanwhile.';
    throw new OutcomeUnknownError(
      `The restore '${record.key}' was started, and its handle could not be recorded: ${why} It is not started again.`,
      { handle, cause, advice: 'Keep the handle of this error: client.resume(handle) goes on with the restore.' },
    );
  }

  /** The operation of a record, which closes the record at its end. */
  follow<Op extends AnyOperation>(record: StartRecord, operation: Op): Op {
    return closeAtEnd(operation, async (status) => {
      try {
        await this.end(record, status);
      } catch (error) {
        this.#onStoreError?.(error);
        throw error;
      }
    });
  }

  /** The operation of a record with a handle; of one that has ended, with its end known already. */
  resume<Op extends AnyOperation>(record: StartRecord, client: StartOnceClient<Op>): Op | undefined {
    if (!record.handle) return undefined;
    const operation = client.resume(record.handle);
    const end = recallEnd(record.end);
    return end ? endedWith(operation, end) : this.follow(record, operation);
  }
}
