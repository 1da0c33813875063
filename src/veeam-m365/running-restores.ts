import { keyOf } from './baseline.ts';
import type { VeeamContext } from './context.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';

/** Counts a restore call of this client as in flight while `work` goes on. */
export async function whileRestoring<T>(
  { restoring }: VeeamContext,
  sessionId: string,
  work: () => Promise<T>,
): Promise<T> {
  const key = keyOf(sessionId);
  restoring.set(key, (restoring.get(key) ?? 0) + 1);
  try {
    return await work();
  } finally {
    const left = (restoring.get(key) ?? 1) - 1;
    if (left > 0) restoring.set(key, left);
    else restoring.delete(key);
  }
}

/**
 * The restores of a session that have no end: those that its events tell, whoever began them, and the calls of this
 * client that are in flight, which may have no event yet.
 */
export function runningRestores(
  { restoring }: VeeamContext,
  sessionId: string,
  events: readonly SessionEvent[],
): readonly string[] {
  const told = events.filter((event) => isRestore(event) && !hasEnded(event)).map(describe);
  if (told.length > 0) return told;
  const own = restoring.get(keyOf(sessionId)) ?? 0;
  return own === 0 ? [] : [`${own} restore call(s) of this client, without an answer yet`];
}

function describe({ id, title, message, status, startTime }: SessionEvent): string {
  const since = startTime ? `, since ${startTime.toISOString()}` : '';
  return `${title ?? message ?? `event ${id}`} (${status}${since})`;
}
