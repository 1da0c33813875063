import type { SessionsRow } from '../figures.ts';
import { runNode } from '../support/run-node.ts';

const MINUTES = 30;

/** The requests of up to a thousand waits to a server whose list can answer for many at once. */
export function measureSessions(isQuick: boolean): SessionsRow[] {
  return [1, 10, 100, ...(isQuick ? [] : [1_000])].map((sessions) => ({
    sessions,
    minutes: MINUTES,
    ...runNode<Omit<SessionsRow, 'sessions' | 'minutes'>>('sessions.mjs', [sessions, MINUTES]),
  }));
}
