import type { Clock } from '../clock/clock.ts';
import { startDeadline } from '../clock/deadline.ts';

/** Limits the time of work that cannot be aborted. Rejects with `late()` when the time is over; the work goes on. */
export function bounded<T>(
  work: () => Promise<T> | T,
  limit: { readonly clock: Clock; readonly timeoutMs: number; readonly late: () => Error },
): Promise<T> {
  const { clock, timeoutMs, late } = limit;
  return new Promise<T>((resolve, reject) => {
    const deadline = startDeadline(clock, clock.now() + timeoutMs, () => reject(late()));
    const settle =
      <A>(how: (value: A) => void) =>
      (value: A) => {
        deadline.stop();
        how(value);
      };
    // Code of a caller may throw synchronously.
    Promise.resolve().then(work).then(settle(resolve), settle(reject));
  });
}
