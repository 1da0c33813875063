import type { FetchLike } from './fetch-like.ts';

/** Options that every call takes as its last argument. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for this request. */
  readonly requestTimeoutMs?: number | undefined;
}

/**
 * How a request is treated.
 * - 'read': may be repeated, and is where that can help.
 * - 'poll': one poll of an operation. Never repeated, so that the wait sees every failure.
 * - 'write': changes something, and is no restore. Never repeated; a lost answer is a `WriteOutcomeUnknownError`.
 * - 'start': starts a restore. Never repeated once it may have left; a lost answer is a `LostAnswer`.
 * - 'blocking': a start that is answered when all is done: no timeout, no place in the queue.
 */
export type CallMode = 'read' | 'poll' | 'write' | 'start' | 'blocking';

/** How one request is to be sent. */
export interface Call extends CallOptions {
  readonly mode: CallMode;
  /** A 202 with a `Location` tells all; its body is not read. */
  readonly isToldByHeaders?: boolean | undefined;
  /** Of a 'blocking' call: waits as long as it takes, where the caller has given no `fetch`. */
  readonly patientFetch?: FetchLike | undefined;
  /** Milliseconds that this kind of request is known to need, where neither the call nor the client says otherwise. */
  readonly usualTimeoutMs?: number | undefined;
  /** Sends no credentials. */
  readonly anonymous?: boolean | undefined;
}

export function isStart(mode: CallMode): boolean {
  return mode === 'start' || mode === 'blocking';
}

const READ_TIMEOUT_MS = 30_000;
const START_TIMEOUT_MS = 300_000;

/** Milliseconds that a request may take; undefined for as long as it takes. */
export function timeoutOf(call: Call, configuredMs: number | undefined): number | undefined {
  if (call.requestTimeoutMs !== undefined) return call.requestTimeoutMs;
  if (call.mode === 'blocking') return undefined;
  return configuredMs ?? call.usualTimeoutMs ?? (call.mode === 'start' ? START_TIMEOUT_MS : READ_TIMEOUT_MS);
}
