import type { Clock } from '../clock/clock.ts';
import type { OperationHandle } from '../operation/operation.ts';
import type { TerminalStatus } from '../operation/status.ts';
import { durationAtEnd } from '../operation/use-durations.ts';
import type { BoundedStore } from './bounded-store.ts';
import type { SeenEnd } from './follow-operation.ts';
import { OperationOwners } from './operation-owners.ts';
import { rememberEnd } from './remembered-end.ts';
import type { AnyOperation } from './start-client.ts';
import { isUnfinished, type StartRecord } from './start-record.ts';
import { StartRecordStore, type StoredRecord } from './start-record-store.ts';
import { normalInstance } from './start-target.ts';
import { TargetClaims } from './target-claims.ts';
import { writeUntilDone } from './write-until-done.ts';

/** The end of a restore, as far as it is known. */
export type KnownEnd = TerminalStatus<unknown> | 'without-verdict' | 'settled';

/** The result of writing a handle. */
export type HandleWritten =
  | { readonly outcome: 'written'; readonly record: StartRecord }
  /** The record holds something else: another handle, an end, a release, another attempt. */
  | { readonly outcome: 'refused'; readonly record: StartRecord | undefined }
  | { readonly outcome: 'owned'; readonly by: string }
  /** It may also be the restore of another start on the target that is unknown. */
  | { readonly outcome: 'ambiguous'; readonly with: string };

/**
 * The records of one store and their allowed changes. A record only gains knowledge: a late write never replaces a
 * handle, an end or a newer attempt.
 */
export class StartRecords {
  readonly records: StartRecordStore;
  readonly claims: TargetClaims;
  readonly store: BoundedStore;
  readonly #owners: OperationOwners;
  readonly #clock: Clock;

  constructor(store: BoundedStore, clock: Clock) {
    this.store = store;
    this.records = new StartRecordStore(store);
    this.claims = new TargetClaims(store, this.records);
    this.#owners = new OperationOwners(store, this.records);
    this.#clock = clock;
  }

  /** The same records for one task. All calls of the task together have the time limit of one call. */
  forOneTask(): StartRecords {
    return new StartRecords(this.store.forOneTask(), this.#clock);
  }

  now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  /** How long the operation of a record took that has just been seen to end, in milliseconds, if it ended well. */
  durationOf(operation: AnyOperation, end: SeenEnd): number | undefined {
    const isGood = typeof end !== 'string' && (end.state === 'succeeded' || end.state === 'partial');
    return isGood ? durationAtEnd(operation, this.#clock.now()) : undefined;
  }

  /**
   * Applies `change` to the record of an attempt and writes it, unless `change` returns undefined. Returns the current
   * record; undefined if it belongs to another attempt.
   */
  change(
    { key, attempt }: StartRecord,
    change: (current: StartRecord) => Partial<StartRecord> | undefined,
  ): Promise<StartRecord | undefined> {
    return writeUntilDone(async () => {
      const stored = await this.records.read(key);
      if (!stored || stored.record.attempt !== attempt) return { done: undefined };
      const changes = change(stored.record);
      if (!changes) return { done: stored.record };
      const written = await this.records.replace(stored, { ...stored.record, ...changes, updatedAt: this.now() });
      return written && { done: written.record };
    });
  }

  /**
   * Records that nothing was started, which frees the key and its target. Returns the record, which may say otherwise
   * by then.
   */
  async release(record: StartRecord, reason: string): Promise<StartRecord | undefined> {
    const current = await this.change(record, ({ state, handle }) =>
      handle || state === 'ended' || state === 'released' ? undefined : { state: 'released', reason },
    );
    if (current === undefined || current.state === 'released') await this.claims.free(record);
    return current;
  }

  /** Takes over the record of a dead preparation, so that its process can no longer send. */
  async fence({ record, version }: StoredRecord): Promise<void> {
    const changes = { state: 'released', reason: 'died-preparing', updatedAt: this.now() } as const;
    await this.records.replace({ record, version }, { ...record, ...changes });
  }

  /** Records that the request was sent and its result is not known. */
  markUnknown(record: StartRecord, reason: string): Promise<StartRecord | undefined> {
    return this.change(record, ({ state }) => (state === 'intended' ? { state: 'unknown', reason } : undefined));
  }

  /**
   * Records the end, which frees the target. Only the restore that the record names can end it.
   * @param durationMs how long a restore took that has ended well, if that is known
   */
  async end(record: StartRecord, as: KnownEnd, handle?: OperationHandle, durationMs?: number): Promise<void> {
    const facts = typeof as === 'string' ? { endedAs: as } : { endedAs: as.state, end: rememberEnd(as) };
    const current = await this.change(record, ({ state, handle: known }) => {
      if (state === 'ended' || (known && handle && !isSameOperation(known, handle))) return undefined;
      return { state: 'ended', ...facts, ...(handle && !known ? { handle } : {}) };
    });
    const kind = current?.handle?.kind;
    const ended = kind !== undefined && durationMs !== undefined ? { kind, durationMs } : undefined;
    if (current?.state === 'ended') await this.claims.free(record, ended);
  }

  /** Writes the handle that the vendor answered the start of this attempt with. */
  async answered(record: StartRecord, handle: OperationHandle): Promise<HandleWritten> {
    const owner = await this.#owners.claim(handle, record, true);
    if (owner !== record.key) return { outcome: 'owned', by: owner };
    let wasReleased = false;
    const current = await this.change(record, ({ state, handle: known }) => {
      wasReleased = state === 'released';
      if (known || state === 'preparing') return undefined;
      return state === 'ended' ? { handle } : { state: 'started', handle };
    });
    // A person recorded that it was not started, but the answer came later.
    if (wasReleased && current?.handle) await this.claims.claim(current, { allowConcurrent: true });
    return outcomeOf(current, handle);
  }

  /**
   * Writes the handle of a restore that was found for a start without an answer.
   * @param isEvidence whether the restore was found at the vendor, instead of being named by a person
   */
  async adopted(record: StartRecord, handle: OperationHandle, isEvidence: boolean): Promise<HandleWritten> {
    const current = (await this.records.read(record.key))?.record;
    if (current?.attempt !== record.attempt || !isOpen(current)) return outcomeOf(current, handle);
    const other = isEvidence ? await this.claims.otherInDoubt(record) : undefined;
    if (other) return { outcome: 'ambiguous', with: other.key };
    const owner = await this.#owners.claim(handle, record, false);
    if (owner !== record.key) return { outcome: 'owned', by: owner };
    const changed = await this.change(record, (now) => (isOpen(now) ? { state: 'started', handle } : undefined));
    return outcomeOf(changed, handle);
  }
}

/** Whether the record still has no handle and no end. */
function isOpen(record: StartRecord): boolean {
  return isUnfinished(record) && !record.handle;
}

function outcomeOf(current: StartRecord | undefined, handle: OperationHandle): HandleWritten {
  const isWritten = current?.handle && isSameOperation(current.handle, handle);
  return isWritten ? { outcome: 'written', record: current } : { outcome: 'refused', record: current };
}

function isSameOperation(one: OperationHandle, other: OperationHandle): boolean {
  const hasSameId = normalInstance(one.id) === normalInstance(other.id);
  return hasSameId && one.kind === other.kind && one.baseUrl === other.baseUrl;
}
