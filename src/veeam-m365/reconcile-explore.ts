import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Room } from './dialect.ts';
import { listed, wholeList } from './pages.ts';
import { SessionSchema } from './schemas.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import type { RestoreSessionType } from './session-type.ts';

/** The sessions that were there before a start. */
export interface Baseline {
  readonly ids: ReadonlySet<string>;
  readonly logins: number;
}

const ONE_LONG_PAGE = 1_000;
const BASELINE_TIMEOUT_MS = 10_000;
/** Pauses before the polls: a server that was slow to open the session has a minute to show it. */
const PAUSES_MS = [0, 5_000, 10_000, 15_000, 15_000, 20_000];
const ADVICE =
  'Opening a session restores nothing, so nothing is harmed by opening another one; but look through the sessions (restoreSessions.list(), or the Veeam console) for one that is left open, and stop it.';

/**
 * What sessions there are before one is opened. Never in the way: undefined where they cannot be read at once, or do
 * not fit into one page.
 */
export async function takeBaseline(room: Room, signal: AbortSignal | undefined): Promise<Baseline | undefined> {
  const { system, dialect, logins } = room;
  try {
    const answer = await system.transport.send(dialect.listSessions({ limit: ONE_LONG_PAGE }), {
      mode: 'poll',
      signal,
      requestTimeoutMs: BASELINE_TIMEOUT_MS,
    });
    const sessions = wholeList(SessionSchema, answer.body);
    return sessions && { ids: new Set(sessions.map(({ id }) => id)), logins: logins() };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/**
 * Looks for the session of a start whose answer was lost: one of the same type that was not there before, that this
 * client has not opened by another call, and that nobody else is said to have opened. The list shows the sessions of the current login only, so after a new login
 * its silence says nothing.
 * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_sessions.html
 */
export async function reconcileExplore<T>(
  room: Room,
  lost: {
    readonly type: RestoreSessionType;
    readonly baseline: Baseline | undefined;
    readonly open: (id: string) => T;
  },
  options: ReconcileOptions,
): Promise<Reconciliation<T>> {
  const { system } = room;
  const { baseline, type, open } = lost;
  const unknown = (...evidence: string[]): Reconciliation<T> => ({
    outcome: 'unknown',
    evidence,
    advice: ADVICE,
  });
  let missed: unknown;
  let goodPolls = 0;
  let others: readonly RestoreSessionInfo[] = [];
  let left = options.patienceMs ?? Number.POSITIVE_INFINITY;
  for (const pause of PAUSES_MS) {
    if (pause > left) return unknown('No new session was listed in the time that was given.', ...others.map(describe));
    left -= pause;
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    try {
      const sessions = await sessionsOf(room, options);
      goodPolls += 1;
      missed = undefined;
      const fresh = sessions.filter(
        ({ id, type: of }) => of === type && !baseline?.ids.has(id) && !room.opened.has(id),
      );
      if (baseline === undefined) {
        return unknown(
          'The sessions before the start could not be read, so its own cannot be told from them.',
          ...fresh.slice(0, 10).map(describe),
        );
      }
      const own = fresh.filter((session) => mayBeOf(room.account, session));
      const [found] = own;
      const isOurs = found && own.length === 1 && !system.transport.redactor.containsSecret(found.id);
      if (isOurs) return { outcome: 'started', operation: open(found.id) };
      if (own.length > 0) {
        return unknown(
          `Sessions (${type}) were opened since; whether one of them is this one, and which, cannot be told.`,
          ...fresh.map(describe),
        );
      }
      others = fresh;
    } catch (error) {
      options.signal?.throwIfAborted();
      missed = error;
    }
  }
  if (missed !== undefined) {
    return unknown(`The sessions could not be read: ${missed instanceof Error ? missed.message : 'no reason given.'}`);
  }
  if (others.length > 0) {
    return unknown(`Only sessions (${type}) that others are said to have opened are new.`, ...others.map(describe));
  }
  if (room.logins() !== baseline?.logins) {
    return unknown(
      'No new session is listed; but there was a new login since, and the list shows only its own sessions.',
    );
  }
  if (goodPolls <= 1) return unknown('No new session was listed at the one poll that succeeded.');
  const silence = `No new session was listed in a minute, at ${goodPolls} polls. That is no proof that none will be opened.`;
  return { outcome: 'unknown', evidence: [silence], advice: ADVICE, looksNotStarted: true };
}

function sessionsOf({ system, dialect }: Room, options: ReconcileOptions): Promise<RestoreSessionInfo[]> {
  return listed({
    system,
    send: (query) => dialect.listSessions(query),
    schema: SessionSchema,
    toItem: toSessionInfo,
    options: { ...options, limit: ONE_LONG_PAGE },
  }).toArray();
}

/** Of a tenant the server tells the organization in place of the person; and domains come in two notations. */
function mayBeOf(account: string | undefined, { initiatedBy, organization }: RestoreSessionInfo): boolean {
  const isTold = account !== undefined && initiatedBy !== undefined && initiatedBy !== organization;
  return !isTold || userOf(initiatedBy) === userOf(account);
}

function userOf(account: string): string {
  return account.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
}

function describe({ id, state, createdAt, initiatedBy }: RestoreSessionInfo): string {
  const parts = [state, createdAt && `created ${createdAt.toISOString()}`, initiatedBy && `by ${initiatedBy}`];
  return `Session ${id}: ${parts.filter(Boolean).join(', ')}.`;
}
