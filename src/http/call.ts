import type { readAnswer } from './answer.ts';
import type { FetchLike } from './fetch-like.ts';

/** Options that every call takes as its last argument. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this request. */
  readonly requestTimeoutMs?: number | undefined;
}

/**
 * How a request is treated.
 * - 'read': is repeated after a failure that may be temporary.
 * - 'poll': one poll of an operation. It is never repeated, so that the wait sees every failure.
 * - 'write': changes something, but starts no restore. It is never repeated. If its answer is lost, that is a
 *   `WriteOutcomeUnknownError`.
 * - 'start': starts a restore. It is never repeated once it may have been sent. If its answer is lost, that is a
 *   `LostAnswer`.
 * - 'blocking': a start that is answered when the restore has ended. It has no timeout and does not count for the
 *   concurrency limit.
 */
export type CallMode = 'read' | 'poll' | 'write' | 'start' | 'blocking';

/** How one request is to be sent. */
export interface Call extends CallOptions {
  readonly mode: CallMode;
  /** Of a 202 with a `Location`, the body is not read. */
  readonly isToldByHeaders?: boolean | undefined;
  /** The `fetch` of a 'blocking' call without a time limit, used if the caller passed no `fetch`. */
  readonly patientFetch?: FetchLike | undefined;
  /** Default timeout of this kind of request in milliseconds, if neither the call nor the client sets one. */
  readonly usualTimeoutMs?: number | undefined;
  /** Reads the answer in another way, for a body that is no JSON. @default `readAnswer` */
  readonly readBody?: typeof readAnswer | undefined;
  /** How often a 'read' is sent at most. @default 3 */
  readonly tries?: number | undefined;
  /** Sends no credentials. */
  readonly anonymous?: boolean | undefined;
}

export function isStart(mode: CallMode): boolean {
  return mode === 'start' || mode === 'blocking';
}

const READ_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 300_000;

/** Timeout of a request in milliseconds; undefined for none. */
export function timeoutOf(call: Call, configuredMs: number | undefined): number | undefined {
  if (call.requestTimeoutMs !== undefined) return call.requestTimeoutMs;
  if (call.mode === 'blocking') return undefined;
  return configuredMs ?? call.usualTimeoutMs ?? (call.mode === 'start' ? START_TIMEOUT_MS : READ_TIMEOUT_MS);
}
