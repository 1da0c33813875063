import { ConfigurationError } from '../errors/configuration-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import type { StatusDraft } from '../operation/status.ts';
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
  readonly handle?: OperationHandle;
  /** The terminal state that was seen; 'settled' where a person told that it has ended. */
  readonly endedAs?: Exclude<StatusDraft<unknown>['state'], 'running'> | 'settled';
  /** The terminal status, without the vendor's answer: told again when the vendor has forgotten the restore. */
  readonly end?: unknown;
  /** Why it is 'unknown' or 'released': the code of an error, or a word. */
  readonly reason?: string;
  readonly note?: string;
  /** What the client read before the start, for a reconciliation elsewhere. */
  readonly baseline?: unknown;
}

const STATES: readonly string[] = ['preparing', 'intended', 'unknown', 'started', 'ended', 'released'];

/** @throws {ConfigurationError} not a record of this version: what it means is not known, so nothing may be started */
export function parseRecord(name: string, text: string): StartRecord {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError('store', `holds no record under ${name}: it is damaged.`, { cause: error });
  }
  const record = value as Partial<StartRecord> | null;
  const isRecord =
    record?.v === 1 &&
    STATES.includes(String(record.state)) &&
    [record.key, record.attempt, record.createdAt, record.updatedAt, record.target?.baseUrl].every(
      (field) => typeof field === 'string',
    );
  if (!isRecord) {
    throw new ConfigurationError('store', `holds a record under ${name} that this version of the package cannot read.`);
  }
  return record as StartRecord;
}

/** Whether a restore may be running because of it. */
export function isUnfinished({ state }: StartRecord): boolean {
  return state === 'intended' || state === 'unknown' || state === 'started';
}
