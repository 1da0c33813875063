import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import type { StatusDraft } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { RecordedInput } from './start-input.ts';
import type { StartTarget } from './start-target.ts';

/**
 * - 'preparing': nothing has been sent.
 * - 'intended': the start is being sent; without a further word, its process died or is still at it.
 * - 'unknown': the start was sent, and its answer was lost or cannot be followed.
 * - 'started': there is a handle.
 * - 'ended': its end was seen, or told by a person.
 * - 'released': nothing was started, provably or by a person's word; the key may start.
 */
export type StartState = 'preparing' | 'intended' | 'unknown' | 'started' | 'ended' | 'released';

/** What the store holds of one start. Plain JSON, no secret. */
export interface StartRecord {
  readonly v: 1;
  readonly key: string;
  readonly target: StartTarget;
  readonly state: StartState;
  /** Names the one preparation that it comes from: only who wrote it may send. */
  readonly attempt: string;
  /** ISO 8601, like all times here, by the clock of whoever wrote it. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the request was about to leave. */
  readonly intendedAt?: string;
  /** What the start was given; absent where `startOnce` was called without an `input`. */
  readonly input?: RecordedInput;
  readonly handle?: OperationHandle;
  /**
   * The terminal state that was seen; 'without-verdict' where the vendor told that it is over, and not how; 'settled'
   * where a person told that it has ended.
   */
  readonly endedAs?: Exclude<StatusDraft<unknown>['state'], 'running'> | 'without-verdict' | 'settled';
  /** The terminal status, without the vendor's answer: told again when the vendor has forgotten the restore. */
  readonly end?: unknown;
  /** Why it is 'unknown' or 'released': the code of an error, or a word. */
  readonly reason?: string;
  readonly note?: string;
  /** What the client read before the start, for a reconciliation elsewhere. */
  readonly baseline?: unknown;
}

const STATES: readonly string[] = ['preparing', 'intended', 'unknown', 'started', 'ended', 'released'];

/** @throws {StoreError} not a record of this version: what it means is not known, so nothing may be started */
export function parseRecord(name: string, text: string): StartRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(`The record ${name} of the store is damaged.`, error);
  }
  const record = value as Partial<StartRecord> | null;
  const isRecord =
    record?.v === 1 &&
    STATES.includes(String(record.state)) &&
    [record.key, record.attempt, record.createdAt, record.updatedAt, record.target?.baseUrl].every(
      (field) => typeof field === 'string',
    );
  if (!isRecord) throw damaged(`This version of the package cannot read the record ${name} of the store.`);
  return record as StartRecord;
}

/** Whether a restore may be running because of it. */
export function isUnfinished({ state }: StartRecord): boolean {
  return state === 'intended' || state === 'unknown' || state === 'started';
}

function damaged(message: string, cause?: unknown): StoreError {
  return new StoreError(`${message} Whether its restore was started is not known, and nothing was sent now.`, {
    reason: 'damaged',
    started: 'unknown',
    ...omitUndefined({ cause }),
  });
}
