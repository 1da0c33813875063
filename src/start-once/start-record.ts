import { StoreError } from '../errors/store-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import type { StatusDraft } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { RecordedInput } from './start-input.ts';
import type { StartTarget } from './start-target.ts';

/**
 * - 'preparing': nothing has been sent.
 * - 'intended': the start is being sent, or its process died while sending it.
 * - 'unknown': the start was sent, but its answer was lost or names no operation that can be followed.
 * - 'started': there is a handle.
 * - 'ended': a poll has seen the end, or a person has recorded it.
 * - 'released': nothing was started; this is proven or a person has recorded it. The key may start.
 */
export type StartState = 'preparing' | 'intended' | 'unknown' | 'started' | 'ended' | 'released';

/** The record of one start in the store. Plain JSON, no secret. */
export interface StartRecord {
  readonly v: 1;
  readonly key: string;
  readonly target: StartTarget;
  readonly state: StartState;
  /** Identifies the attempt that wrote it. Only that attempt may send the start. */
  readonly attempt: string;
  /** ISO 8601, like all times in the record, by the clock of the process that wrote it. */
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When the intent to send the request was recorded. */
  readonly intendedAt?: string;
  /** The input of the start; absent if `startOnce` was called without an `input`. */
  readonly input?: RecordedInput;
  readonly handle?: OperationHandle;
  /**
   * The terminal state that was seen. 'without-verdict' if the vendor reports that the restore has ended, but not how.
   * 'settled' if a person recorded the end.
   */
  readonly endedAs?: Exclude<StatusDraft<unknown>['state'], 'running'> | 'without-verdict' | 'settled';
  /**
   * The terminal status, without the vendor's answer. It is returned again when the vendor has forgotten the restore.
   */
  readonly end?: unknown;
  /** Why it is 'unknown' or 'released': the code of an error or another code. */
  readonly reason?: string;
  readonly note?: string;
  /** What `takeBaseline` of the client returned, for a later reconciliation. */
  readonly baseline?: unknown;
}

const STATES: readonly string[] = ['preparing', 'intended', 'unknown', 'started', 'ended', 'released'];

/** @throws {StoreError} it is not a record of this version; its meaning is not known, so nothing may be started */
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

/** Whether a restore may be running because of the record. */
export function isUnfinished({ state }: StartRecord): boolean {
  return state === 'intended' || state === 'unknown' || state === 'started';
}

function damaged(message: string, cause?: unknown): StoreError {
  return new StoreError(`${message} It is not known whether its restore was started. Nothing was sent now.`, {
    reason: 'damaged',
    started: 'unknown',
    ...omitUndefined({ cause }),
  });
}
