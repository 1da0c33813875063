import type { CallOptions } from '../http/call.ts';
import { listSessions } from './baseline.ts';
import { readEvents } from './events.ts';
import { findRestoreEvents, isAtStart } from './restore-events.ts';
import type { RestoreFacts } from './restore-facts.ts';
import { hasStopped, type RestoreSessionInfo } from './session-info.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** A restore whose answer was lost is one of the newest sessions. */
const MOST_CANDIDATES = 20;

/** What the list of sessions says about a restore whose answer was lost. */
export interface FoundSessions {
  /** The one session that can only be of this restore. */
  readonly id?: string;
  /** Sessions since the start, of which it is not known. */
  readonly others: readonly RestoreSessionInfo[];
}

/**
 * Finds the session of a restore whose answer was lost (VM-12, VM-15): a session that began with the start, that this
 * client has not opened itself, and whose events name what is restored. A session is used only if it is the only one.
 */
export async function findOwnSession(
  system: VeeamSystem,
  facts: RestoreFacts,
  options: Pick<CallOptions, 'signal'>,
): Promise<FoundSessions> {
  const startTimeFrom = facts.serverStartedAt && new Date(Date.parse(facts.serverStartedAt) - 60_000).toISOString();
  const sessions = await listSessions(system, { startTimeFrom }, options, 'poll');
  const candidates = sessions
    .filter(({ id, createdAt }) => !isKnown(system, facts, id) && isAtStart(createdAt, facts))
    .sort((one, other) => (other.createdAt?.getTime() ?? 0) - (one.createdAt?.getTime() ?? 0))
    .slice(0, MOST_CANDIDATES);
  const fitting: string[] = [];
  for (const { id, state } of candidates) {
    const found = findRestoreEvents(await readEvents(system, id, options), facts, hasStopped(state));
    if (found.state === 'ended' || (found.state === 'running' && found.isClear)) fitting.push(id);
  }
  const [only] = fitting;
  return only !== undefined && fitting.length === 1 && !system.transport.redactor.containsSecret(only)
    ? { id: only, others: [] }
    : { others: candidates };
}

function isKnown(system: VeeamSystem, { sessionId }: RestoreFacts, id: string): boolean {
  return keyOf(id) === keyOf(sessionId) || system.opened.has(keyOf(id));
}
