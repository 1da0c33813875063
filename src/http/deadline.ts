import { addAbortListener, removeAbortListener } from '../clock/abort-listeners.ts';
import type { Clock } from '../clock/clock.ts';
import { type Deadline, startDeadline } from '../clock/deadline.ts';
import { LONGEST_TIMER_MS } from '../clock/system-clock.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';

/**
 * Runs `work` with a signal that aborts when the caller's signal aborts or after `timeoutMs`. It does not wait for work
 * that ignores the signal. It leaves no timer and no listener behind.
 */
export async function withDeadline<T>(
  work: (signal: AbortSignal) => Promise<T>,
  options: {
    readonly clock: Clock;
    readonly what: string;
    readonly timeoutMs: number | undefined;
    readonly signal: AbortSignal | undefined;
  },
): Promise<T> {
  const { clock, timeoutMs, signal, what } = options;
  signal?.throwIfAborted();
  const control = new AbortController();
  const cut = new Promise<never>((_, reject) => {
    control.signal.addEventListener('abort', () => reject(control.signal.reason), { once: true });
  });
  const follow = () => control.abort(signal?.reason);
  addAbortListener(signal, follow);
  let deadline: Deadline | undefined;
  if (timeoutMs !== undefined && timeoutMs <= LONGEST_TIMER_MS) {
    const late = () =>
      control.abort(new RequestTimeoutError(`${what} took longer than ${timeoutMs} ms.`, { timeoutMs }));
    deadline = startDeadline(clock, clock.now() + timeoutMs, late);
  }
  try {
    return await Promise.race([work(control.signal), cut]);
  } finally {
    deadline?.stop();
    removeAbortListener(signal, follow);
  }
}
