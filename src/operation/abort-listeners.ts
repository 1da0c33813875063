type Listener = { handleEvent(): void };

/**
 * Listeners by signal. One signal often ends hundreds of waits, and a real listener for each would make Node warn of a
 * leak; so each signal gets one, which goes with the last of them.
 */
const listeners = new WeakMap<AbortSignal, Set<Listener>>();

function abort(this: AbortSignal): void {
  const all = listeners.get(this) ?? [];
  listeners.delete(this);
  for (const listener of all) listener.handleEvent();
}

export function addAbortListener(signal: AbortSignal | undefined, listener: Listener): void {
  if (!signal || signal.aborted) return;
  const all = listeners.get(signal);
  if (all) {
    all.add(listener);
    return;
  }
  listeners.set(signal, new Set([listener]));
  signal.addEventListener('abort', abort, { once: true });
}

export function removeAbortListener(signal: AbortSignal | undefined, listener: Listener): void {
  const all = signal && listeners.get(signal);
  if (!signal || !all?.delete(listener) || all.size > 0) return;
  listeners.delete(signal);
  signal.removeEventListener('abort', abort);
}
