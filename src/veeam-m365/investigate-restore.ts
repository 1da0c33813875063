import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { describeEvent, readEvents } from './events.ts';
import { findOwnSession } from './find-own-session.ts';
import { findRestoreEvents, type RestoreEvents } from './restore-events.ts';
import { inOwnSession, type NamedMailbox, type RestoreFacts } from './restore-facts.ts';
import { SessionSchema } from './schemas.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** Pauses before the polls. A delayed request has a minute to arrive. */
const PAUSES_MS = [0, 5_000, 10_000, 15_000, 15_000, 15_000];

export const RESTORE_ADVICE =
  'Read the events of the session until the restore has one that has ended, and look into the mailbox, before anyone restores it again. What a broken connection does to a restore that runs is not documented.';

/** What is recorded before a restore starts, as JSON, for the investigation by another process. */
export interface RestoreBaseline {
  readonly mailboxes: readonly NamedMailbox[];
  /** How far the server's clock was ahead of ours, in milliseconds. */
  readonly serverAheadMs?: number | undefined;
}

/**
 * Finds a restore whose answer was lost: by the events of its session (VM-12), and since v8 by a session of its own among
 * those since the start (VM-15). An event names no request, so it is used only if it is the only one that can belong to the
 * restore.
 */
export async function investigateRestore(
  system: VeeamSystem,
  lost: LostStart<RestoreFacts>,
  options: ReconcileOptions,
): Promise<Investigation<RestoreFacts>> {
  const { restoresBlock } = system.dialect;
  const facts = withBaseline(lost);
  let left = options.patienceMs ?? Number.POSITIVE_INFINITY;
  let seen = '';
  let others: readonly RestoreSessionInfo[] = [];
  for (const pause of PAUSES_MS) {
    if (pause > left) break;
    left -= pause;
    if (pause > 0) await system.clock.sleep(pause, options.signal);
    try {
      const found = findRestoreEvents(await readEvents(system, facts.sessionId, options), facts, false);
      const id = idOf(found);
      if (id !== undefined) return { outcome: 'started', id, facts };
      seen = evidenceOf(found, lost.startedAt);
      if (found.state === 'unclear') break;
      if (!restoresBlock) {
        const own = await findOwnSession(system, facts, options);
        if (own.id !== undefined) {
          system.opened.add(keyOf(own.id));
          return { outcome: 'started', id: own.id, facts: inOwnSession(facts, own.id) };
        }
        others = own.others;
      }
    } catch (error) {
      options.signal?.throwIfAborted();
      seen = `The events could not be read: ${messageOf(error)}`;
    }
  }
  const evidence = [await sessionEvidence(system, facts, options), seen, ...others.map(describeSession)];
  return { outcome: 'unknown', evidence, advice: RESTORE_ADVICE };
}

/** The facts with what was recorded before the start. */
function withBaseline({ facts, baseline, startedAt }: LostStart<RestoreFacts>): RestoreFacts {
  const recorded = baseline as Partial<RestoreBaseline> | undefined;
  const aheadMs = recorded?.serverAheadMs;
  const mailboxes = recorded?.mailboxes ?? facts.mailboxes;
  const inferred = aheadMs === undefined ? undefined : new Date(startedAt.getTime() + aheadMs).toISOString();
  const { serverStartedAt = inferred } = facts;
  return { ...facts, ...omitUndefined({ serverStartedAt }), mailboxes: [...mailboxes] };
}

/** The id of the event that can only belong to this restore. */
function idOf(found: RestoreEvents): string | undefined {
  if (found.state === 'ended') return found.ends[0]?.event.id;
  return found.state === 'running' && found.isClear ? found.events[0]?.id : undefined;
}

function evidenceOf(found: RestoreEvents, startedAt: Date): string {
  const since = startedAt.toISOString();
  if (found.state === 'none' || found.state === 'ended') {
    return `The session has no event of this restore since the start at ${since}; one may still come.`;
  }
  const events = found.events.map(describeEvent).join(' ');
  return `Several events since the start at ${since} could belong to this restore: ${events}`;
}

async function sessionEvidence(
  system: VeeamSystem,
  { sessionId }: RestoreFacts,
  options: ReconcileOptions,
): Promise<string> {
  try {
    const request = system.dialect.getSession(sessionId);
    const session = toSessionInfo(await system.read(request, SessionSchema, options));
    return `The session is ${session.state}${endOf(session)}.`;
  } catch (error) {
    options.signal?.throwIfAborted();
    return `The session could not be read: ${messageOf(error)}`;
  }
}

function describeSession(session: RestoreSessionInfo): string {
  return `Session ${session.id} began since the start, and is ${session.state}${endOf(session)}.`;
}

function endOf({ result, endedAt }: RestoreSessionInfo): string {
  const at = endedAt ? ` since ${endedAt.toISOString()} by the server's clock` : '';
  return `${at}${result ? `, with the result ${result}` : ''}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'no reason given.';
}
