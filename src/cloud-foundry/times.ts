import type { Subject } from '../client/operation-kind.ts';
import type { JsonObject } from '../protocols/poll-response.ts';
import type { JobFacts } from './facts.ts';

/** Reads a time of an answer; undefined if it is absent or not readable. */
export function toOptionalDate(value: unknown): Date | undefined {
  const date = typeof value === 'string' && value !== '' ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

/** Writes a time in the form that the API accepts: UTC, whole seconds (CF-12). */
export function toWireTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/**
 * When a job began, by the server's clock. If the job has no time, our own time is corrected by the difference between
 * the clocks.
 */
export function beganAt(job: JsonObject, { system, startedAt }: Subject<JobFacts>): Date {
  return toOptionalDate(job.created_at) ?? new Date(startedAt.getTime() + (system.transport.serverAheadMs ?? 0));
}

/** Tolerance for comparing times. Answers have whole seconds, and an operation may be written just before its job. */
const SAME_TIME_MS = 5_000;

/** Whether a time of an answer is not older than `start`, by the same clock. */
export function isSince(time: Date | undefined, start: Date, toleranceMs = SAME_TIME_MS): boolean {
  return time !== undefined && time.getTime() + toleranceMs > start.getTime();
}
