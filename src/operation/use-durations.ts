import { historyCadence } from './history-cadence.ts';
import type { Operation } from './operation.ts';
import { ownSource } from './operation-source.ts';
import { sourceOf } from './source-of.ts';
import { usualDuration } from './usual-duration.ts';

/**
 * Lets an operation use the durations of earlier restores of the same kind and target: its polls follow `historyCadence`, and
 * `watch` reports `usual`. A wait with a cadence of its own keeps that. `startOnce` calls it by itself, with the durations in
 * its store.
 * @param durationsMs in milliseconds, of restores that succeeded; with fewer than three, nothing changes
 */
export function useDurations(operation: Operation<unknown>, durationsMs: readonly number[]): void {
  const source = sourceOf(operation);
  source.usual = usualDuration(durationsMs);
  source.definition = { ...source.definition, cadence: historyCadence(durationsMs, source.plainCadence) };
}

/**
 * How long an operation took that has just been seen to end, in milliseconds. Returns undefined if this process has not
 * polled it for long before, because the end may be older.
 */
export function durationAtEnd(operation: Operation<unknown>, now: number): number | undefined {
  const runningAt = ownSource(operation)?.runningAt;
  const durationMs = now - operation.startedAt.getTime();
  if (runningAt === undefined || !(durationMs > 0)) return undefined;
  return now - runningAt <= Math.max(LATE_MS, LATE_SHARE * durationMs) ? durationMs : undefined;
}

const LATE_MS = 10_000;
const LATE_SHARE = 0.2;
