import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { type Baseline, listSessions } from './baseline.ts';
import type { SessionFacts } from './session-facts.ts';
import type { RestoreSessionInfo } from './session-info.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** Pauses before the polls: a server that was slow to open the session has a minute to show it. */
const PAUSES_MS = [0, 5_000, 10_000, 15_000, 15_000, 20_000];
/** Another start of this client that was lost so shortly before may still open its session. */
const LATE_COMMIT_MS = 10 * 60_000;
/** A session that began so long before the start, by the server's clock, is not of this start. */
const CLOCK_MARGIN_MS = 60_000;
const MOST_SESSIONS_TOLD = 10;
const ADVICE =
  'Opening a session restores nothing, so nothing is harmed by opening another one; but look through the sessions (restoreSessions.list(), or the Veeam console) for one that is left open, and stop it.';

type Lost = LostStart<SessionFacts>;

/**
 * Looks for the session of a start whose answer was lost: one of the same type that was not there before, that no other
 * call of this client has opened or may have opened, and that nobody else is said to have opened. The list shows the
 * sessions of the current login only, so after a new login its silence says nothing.
 * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_sessions.html
 */
export async function investigateExplore(
  system: VeeamSystem,
  lost: Lost,
  options: ReconcileOptions,
): Promise<Investigation<SessionFacts>> {
  const found = await lookForSession(system, lost, options);
  if (found.outcome === 'started') {
    system.opened.add(keyOf(found.id));
    for (const opening of system.openings) if (opening.facts === lost.facts) system.openings.delete(opening);
  }
  return found;
}

async function lookForSession(
  system: VeeamSystem,
  lost: Lost,
  options: ReconcileOptions,
): Promise<Investigation<SessionFacts>> {
  const { facts } = lost;
  const baseline = lost.baseline as Baseline | undefined;
  const before = new Set(baseline?.ids);
  const type = facts.type ?? 'of any type';
  let missed: unknown;
  let goodPolls = 0;
  let others: readonly RestoreSessionInfo[] = [];
  let rivals = 0;
  let left = options.patienceMs ?? Number.POSITIVE_INFINITY;
  for (const pause of PAUSES_MS) {
    if (pause > left) return unknown('No new session was listed in the time that was allowed.', ...tell(others));
    left -= pause;
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    try {
      const sessions = await listSessions(system, { startTimeFrom: baseline?.startTimeFrom }, options);
      goodPolls += 1;
      missed = undefined;
      const fresh = sessions.filter((session) => isNew(system, facts, before, session));
      if (baseline === undefined) {
        return unknown(
          'The sessions before the start could not be read, so its own cannot be told from them.',
          ...tell(fresh),
        );
      }
      const { account, redactor } = system.transport;
      const own = fresh.filter((session) => mayBeOf(account, session) && !isOlder(lost, baseline, session));
      const [found] = own;
      others = fresh;
      rivals = rivalsOf(system, lost);
      if (found && own.length === 1 && rivals === 0 && !redactor.containsSecret(found.id)) {
        return { outcome: 'started', id: found.id, facts };
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
    return unknown(`The sessions could not be read: ${missed instanceof Error ? missed.message : 'no reason told.'}`);
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

function unknown(...evidence: readonly string[]): Investigation<SessionFacts> {
  return { outcome: 'unknown', evidence, advice: ADVICE };
}

/** Of the same type, not there before, and not opened by another call of this client. */
function isNew(
  system: VeeamSystem,
  facts: SessionFacts,
  before: ReadonlySet<string>,
  { id, type }: RestoreSessionInfo,
): boolean {
  const key = keyOf(id);
  const isOfType = facts.type === undefined || facts.type === type;
  return isOfType && !before.has(key) && !system.opened.has(key);
}

/** Whether it began before the start was sent, by the server's own clock. */
function isOlder({ startedAt }: Lost, { serverAheadMs }: Baseline, { createdAt }: RestoreSessionInfo): boolean {
  if (createdAt === undefined || serverAheadMs === undefined) return false;
  return createdAt.getTime() < startedAt.getTime() + serverAheadMs - CLOCK_MARGIN_MS;
}

/** How many other starts of this client may have opened a session of the same type meanwhile. */
function rivalsOf(system: VeeamSystem, { facts, startedAt }: Lost): number {
  const since = startedAt.getTime() - LATE_COMMIT_MS;
  return [...system.openings].filter(
    (other) =>
      other.facts !== facts &&
      (facts.type === undefined || other.facts.type === facts.type) &&
      (other.lostAt === undefined || other.lostAt >= since),
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
