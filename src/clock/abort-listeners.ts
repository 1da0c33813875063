/** A listener for an abort: a function, or an object, which needs no closure. */
export type AbortListener = (() => void) | { handleEvent(): void };

/**
 * Listeners by signal. One signal often ends hundreds of waits and requests, and so many listeners would make Node warn
 * of a leak. So each signal gets one real listener, which is removed with the last of these.
 */
const listeners = new WeakMap<AbortSignal, Set<AbortListener>>();

function abort(this: AbortSignal): void {
  const all = listeners.get(this) ?? [];
  listeners.delete(this);
  for (const listener of all) {
    if (typeof listener === 'function') listener();
    else listener.handleEvent();
  }
}

export function addAbortListener(signal: AbortSignal | undefined, listener: AbortListener): void {
  if (!signal || signal.aborted) return;
  const all = listeners.get(signal);
  if (all) {
    all.add(listener);
    return;
  }
  listeners.set(signal, new Set([listener]));
  signal.addEventListener('abort', abort, { once: true });
}

export function removeAbortListener(signal: AbortSignal | undefined, listener: AbortListener): void {
  const all = signal && listeners.get(signal);
  if (!signal || !all?.delete(listener) || all.size > 0) return;
  listeners.delete(signal);
  signal.removeEventListener('abort', abort);
}
