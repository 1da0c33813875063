import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import { type Baseline, keyOf, listSessions } from './baseline.ts';
import type { Opening, VeeamContext } from './context.ts';
import type { RestoreSessionInfo } from './session-info.ts';

/** Pauses before the polls: a server that was slow to open the session has a minute to show it. */
const PAUSES_MS = [0, 5_000, 10_000, 15_000, 15_000, 20_000];
/** Another start of this client that was lost so shortly before may still open its session. */
const LATE_COMMIT_MS = 10 * 60_000;
/** A session that began so long before the start, by the server's clock, is not of this start. */
const CLOCK_MARGIN_MS = 60_000;
const MOST_SESSIONS_TOLD = 10;
const ADVICE =
  'Opening a session restores nothing, so nothing is harmed by opening another one; but look through the sessions (restoreSessions.list(), or the Veeam console) for one that is left open, and stop it.';

/** An opening of a session whose answer was lost. */
export interface LostOpening<T> {
  readonly opening: Opening;
  readonly baseline: Baseline | undefined;
  /** When it was sent, by our clock. */
  readonly startedAt: Date;
  /** How far the server's clock was ahead of ours then. */
  readonly serverAheadMs: number | undefined;
  readonly open: (id: string) => T;
}

/**
 * Looks for the session of a start whose answer was lost: one of the same type that was not there before, that no other
 * call of this client has opened or may have opened, and that nobody else is said to have opened. The list shows the
 * sessions of the current login only, so after a new login its silence says nothing.
 * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_sessions.html
 */
export async function reconcileExplore<T>(
  context: VeeamContext,
  lost: LostOpening<T>,
  options: ReconcileOptions,
): Promise<Reconciliation<T>> {
  const { system } = context;
  const { baseline, opening, open } = lost;
  const { type } = opening;
  const unknown = (...evidence: string[]): Reconciliation<T> => ({ outcome: 'unknown', evidence, advice: ADVICE });
  let missed: unknown;
  let goodPolls = 0;
  let others: readonly RestoreSessionInfo[] = [];
  let rivals = 0;
  let left = options.patienceMs ?? Number.POSITIVE_INFINITY;
  for (const pause of PAUSES_MS) {
    if (pause > left) return unknown('No new session was listed in the time that was given.', ...tell(others));
    left -= pause;
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    try {
      const sessions = await listSessions(context, { startTimeFrom: baseline?.startTimeFrom }, options);
      goodPolls += 1;
      missed = undefined;
      const fresh = sessions.filter((session) => isNew(context, lost, session));
      if (baseline === undefined) {
        return unknown(
          'The sessions before the start could not be read, so its own cannot be told from them.',
          ...tell(fresh),
        );
      }
      const own = fresh.filter((session) => mayBeOf(system.transport.account, session) && !isOlder(lost, session));
      const [found] = own;
      others = fresh;
      rivals = rivalsOf(context, lost);
      if (found && own.length === 1 && rivals === 0 && !system.transport.redactor.containsSecret(found.id)) {
        return { outcome: 'started', operation: open(found.id) };
      }
      // The answer of another start that is on its way may yet tell which of the sessions is its own.
      if (own.length > 0 && rivals === 0) {
        return unknown(
          `Sessions (${type}) were opened since; whether one of them is this one, and which, cannot be told.`,
          ...tell(fresh),
        );
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      missed = error;
    }
  }
  if (missed !== undefined) {
    return unknown(`The sessions could not be read: ${missed instanceof Error ? missed.message : 'no reason given.'}`);
  }
  if (others.length > 0 && rivals > 0) {
    return unknown(
      `Another start of this client (${type}) has no answer either; whose session is whose cannot be told.`,
      ...tell(others),
    );
  }
  if (others.length > 0) {
    return unknown(
      `The new sessions (${type}) are older than the start, or others are said to have opened them.`,
      ...tell(others),
    );
  }
  if (system.transport.logins !== baseline?.logins) {
    return unknown(
      'No new session is listed; but there was a new login since, and the list shows only its own sessions.',
    );
  }
  if (goodPolls <= 1) return unknown('No new session was listed at the one poll that succeeded.');
  const silence = `No new session was listed in a minute, at ${goodPolls} polls. That is no proof that none will be opened.`;
  return { outcome: 'unknown', evidence: [silence], advice: ADVICE, looksNotStarted: true };
}

/** Of the same type, not there before, and not opened by another call of this client. */
function isNew<T>(context: VeeamContext, lost: LostOpening<T>, { id, type }: RestoreSessionInfo): boolean {
  const key = keyOf(id);
  return type === lost.opening.type && lost.baseline?.ids.has(key) !== true && !context.opened.has(key);
}

/** Whether it began before the start was sent, by the server's own clock. */
function isOlder<T>({ startedAt, serverAheadMs }: LostOpening<T>, { createdAt }: RestoreSessionInfo): boolean {
  if (createdAt === undefined || serverAheadMs === undefined) return false;
  return createdAt.getTime() < startedAt.getTime() + serverAheadMs - CLOCK_MARGIN_MS;
}

/** How many other starts of this client may have opened a session of the same type meanwhile. */
function rivalsOf<T>(context: VeeamContext, { opening, startedAt }: LostOpening<T>): number {
  const since = startedAt.getTime() - LATE_COMMIT_MS;
  return [...context.openings].filter(
    (other) =>
      other !== opening && other.type === opening.type && (other.lostAt === undefined || other.lostAt >= since),
  ).length;
}

/** Of a tenant the server tells the organization in place of the person; and domains come in two notations. */
function mayBeOf(account: string | undefined, { initiatedBy, organization }: RestoreSessionInfo): boolean {
  const isTold = account !== undefined && initiatedBy !== undefined && initiatedBy !== organization;
  return !isTold || userOf(initiatedBy) === userOf(account);
}

function userOf(account: string): string {
  return account.replace(/^.*\\/, '').replace(/@.*$/, '').toLowerCase();
}

function tell(sessions: readonly RestoreSessionInfo[]): readonly string[] {
  return sessions.slice(0, MOST_SESSIONS_TOLD).map(describe);
}

function describe({ id, state, createdAt, initiatedBy }: RestoreSessionInfo): string {
  const parts = [state, createdAt && `created ${createdAt.toISOString()}`, initiatedBy && `by ${initiatedBy}`];
  return `Session ${id}: ${parts.filter(Boolean).join(', ')}.`;
}
