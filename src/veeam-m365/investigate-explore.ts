import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { type Baseline, listSessions } from './baseline.ts';
import type { SessionFacts } from './session-facts.ts';
import type { RestoreSessionInfo } from './session-info.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** Pauses before the polls. A slow server has a minute to list the session. */
const PAUSES_MS = [0, 5_000, 10_000, 15_000, 15_000, 20_000];
/** Another lost start of this client may still open its session for so long. */
const LATE_COMMIT_MS = 10 * 60_000;
/** A session that is older than the start by so much, by the server's clock, is of another start. */
const CLOCK_MARGIN_MS = 60_000;
/** Lists that must have the session, after the one that had it first. */
const CONFIRMATIONS = 2;
const MOST_SESSIONS_TOLD = 10;
const ADVICE =
  'Opening a session restores nothing, so another one may be opened. Look in restoreSessions.list(), or in the Veeam console, for a session that is left open, and stop it.';

type Lost = LostStart<SessionFacts>;

/**
 * Finds the session of a start whose answer was lost: a session of the same type that was not listed before, that no
 * other call of this client may have opened, and that the server does not attribute to another account. The list shows the
 * sessions of the current login only, so it proves nothing after a new login.
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
      const list = () => listSessions(system, { startTimeFrom: baseline?.startTimeFrom }, options);
      const sessions = await list();
      goodPolls += 1;
      missed = undefined;
      const fresh = sessions.filter((session) => isNew(system, facts, before, session));
      if (baseline === undefined) {
        return unknown(
          'The sessions before the start could not be read, so a new session cannot be identified.',
          ...tell(fresh),
        );
      }
      const { account, redactor } = system.transport;
      const own = fresh.filter((session) => mayBeOf(account, session) && !isOlder(lost, baseline, session));
      const [found] = own;
      others = fresh;
      rivals = rivalsOf(system, lost);
      if (found && own.length === 1 && rivals === 0 && !redactor.containsSecret(found.id)) {
        if (await isConfirmed(found.id, list)) return { outcome: 'started', id: found.id, facts };
        continue;
      }
      // The answer of another start that is on its way may yet tell which of the sessions is its own.
      if (own.length > 0 && rivals === 0) {
        return unknown(
          `Sessions (${type}) were opened since the start, and it is not known which one is of this start.`,
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
      `Another start of this client (${type}) has no answer either, so the new sessions cannot be identified.`,
      ...tell(others),
    );
  }
  if (others.length > 0) {
    return unknown(
      `The new sessions (${type}) are older than the start, or were opened by another account.`,
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

/** A list may be that of another server, if a gateway mixes up connections. So the session must be in the next lists too. */
async function isConfirmed(id: string, list: () => Promise<readonly RestoreSessionInfo[]>): Promise<boolean> {
  for (let left = CONFIRMATIONS; left > 0; left -= 1) {
    const sessions = await list();
    if (!sessions.some((session) => keyOf(session.id) === keyOf(id))) return false;
  }
  return true;
}

function unknown(...evidence: readonly string[]): Investigation<SessionFacts> {
  return { outcome: 'unknown', evidence, advice: ADVICE };
}

/** Whether a session is of the same type, was not listed before, and was not opened by another call of this client. */
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

/** Whether a session was opened before the start was sent, by the server's clock. */
function isOlder({ startedAt }: Lost, { serverAheadMs }: Baseline, { createdAt }: RestoreSessionInfo): boolean {
  if (createdAt === undefined || serverAheadMs === undefined) return false;
  return createdAt.getTime() < startedAt.getTime() + serverAheadMs - CLOCK_MARGIN_MS;
}

/** How many other starts of this client may have opened a session of the same type. */
function rivalsOf(system: VeeamSystem, { facts, startedAt }: Lost): number {
  const since = startedAt.getTime() - LATE_COMMIT_MS;
  return [...system.openings].filter(
    (other) =>
      other.facts !== facts &&
      (facts.type === undefined || other.facts.type === facts.type) &&
      (other.lostAt === undefined || other.lostAt >= since),
  ).length;
}

/** For a tenant the server names the organization instead of the person. Domains have two notations. */
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
