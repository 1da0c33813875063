import { describeMailboxes } from './restore-facts.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * The restores of a session that have no end: those that its events tell, whoever began them, and those of this client
 * without a known end that have no event yet.
 */
export function runningRestores(
  system: VeeamSystem,
  sessionId: string,
  events: readonly SessionEvent[],
): readonly string[] {
  const told = events.filter((event) => isRestore(event) && !hasEnded(event)).map(describe);
  const untold = system.ownRestores
    .withoutEvent(sessionId, events)
    .map((facts) => `a restore of ${describeMailboxes(facts)} by this client, of which no event tells yet`);
  if (told.length + untold.length > 0) return [...told, ...untold];
  const starting = system.ownRestores.starting(sessionId);
  return starting === 0 ? [] : [`${starting} restore call(s) of this client that are being made`];
}

function describe({ id, title, message, status, startTime }: SessionEvent): string {
  const since = startTime ? `, since ${startTime.toISOString()}` : '';
  return `${title ?? message ?? `event ${id}`} (${status}${since})`;
}
