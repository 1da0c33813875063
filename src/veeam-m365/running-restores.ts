import { describeMailboxes } from './restore-facts.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';
import type { VeeamSystem } from './veeam-system.ts';

/**
 * Describes the restores of a session that have not ended: those in its events, whoever started them, and those of this
 * client that have no event yet.
 */
export function runningRestores(
  system: VeeamSystem,
  sessionId: string,
  events: readonly SessionEvent[],
): readonly string[] {
  const inEvents = events.filter((event) => isRestore(event) && !hasEnded(event)).map(describe);
  const withoutEvent = system.ownRestores
    .withoutEvent(sessionId, events)
    .map((facts) => `a restore of ${describeMailboxes(facts)} by this client, which has no event yet`);
  if (inEvents.length + withoutEvent.length > 0) return [...inEvents, ...withoutEvent];
  const starting = system.ownRestores.starting(sessionId);
  return starting === 0 ? [] : [`${starting} restore call(s) that this client is starting`];
}

function describe({ id, title, message, status, startTime }: SessionEvent): string {
  const since = startTime ? `, since ${startTime.toISOString()}` : '';
  return `${title ?? message ?? `event ${id}`} (${status}${since})`;
}
