import type { Poll, Subject } from '../client/operation-kind.ts';
import type { PendingAnswer } from '../client/pending-answer.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { endOfEvents } from './end-of-events.ts';
import type { Judged } from './end-of-statistics.ts';
import { describeEvent, readEvents } from './events.ts';
import { fetchSession } from './fetch-session.ts';
import { findOwnSession } from './find-own-session.ts';
import { followOwnSession } from './follow-own-session.ts';
import type { MailboxOutcome, MailboxRestoreResult } from './mailbox-restore-result.ts';
import { findRestoreEvents, type RestoreEvents } from './restore-events.ts';
import { hasOwnSession, inOwnSession, type RestoreFacts, restoreSessionOf } from './restore-facts.ts';
import { resultOf } from './restore-status.ts';
import { hasStopped } from './session-info.ts';
import type { StatisticsItem } from './statistics.ts';
import type { VeeamSystem } from './veeam-system.ts';

type Options = { readonly signal?: AbortSignal };
type Status = StatusDraft<MailboxRestoreResult>;

const MOST_EVENTS_TOLD = 5;

/**
 * Polls a restore by the session of its own, if it has one (VM-15). Else by the events of the session that it runs in: after a
 * resume, or if its answer was lost (VM-12).
 */
export function followRestore(
  subject: Subject<RestoreFacts, VeeamSystem>,
  { restoresBlock }: { readonly restoresBlock: boolean },
): Poll<MailboxRestoreResult> {
  const { system, id, facts, pending } = subject;
  let own = hasOwnSession({ id, facts }) ? followOwn(system, facts) : undefined;
  return async (options) => {
    // The answer may have come late, or not at all.
    own ??= ownOf(system, facts, pending);
    if (!own && !restoresBlock && pending?.outcome?.answer === undefined) own = await findOwn(system, facts, options);
    const isAnswered = pending?.outcome?.answer?.body !== undefined;
    const status = own
      ? await own(options)
      : isAnswered
        ? await pollAfterUnknownAnswer(system, facts, options)
        : await pollEvents(system, facts, options);
    if (status.state !== 'running') system.ownRestores.ended(facts);
    return status;
  };
}

function followOwn(system: VeeamSystem, facts: RestoreFacts): Poll<MailboxRestoreResult> {
  const { sessionId, mailboxes, isBulk = false } = facts;
  return followOwnSession<MailboxRestoreResult>({
    system,
    id: sessionId,
    of: { asked: mailboxes, isBulk, common: resultOf(facts) },
    finish: (judged) => (facts.workload === undefined ? withMailboxes(judged, isBulk) : judged.status),
  });
}

function ownOf(
  system: VeeamSystem,
  facts: RestoreFacts,
  pending: PendingAnswer | undefined,
): Poll<MailboxRestoreResult> | undefined {
  const id = restoreSessionOf(system.transport.redactor, pending?.outcome?.answer?.body);
  return id === undefined ? undefined : followOwn(system, inOwnSession(facts, id));
}

async function findOwn(
  system: VeeamSystem,
  facts: RestoreFacts,
  options: Options,
): Promise<Poll<MailboxRestoreResult> | undefined> {
  // The server may show it in the session that it was started from.
  const inside = findRestoreEvents(await readEvents(system, facts.sessionId, options), facts, false);
  const { id } = inside.state === 'none' ? await findOwnSession(system, facts, options) : {};
  return id === undefined ? undefined : followOwn(system, inOwnSession(facts, id));
}

/** The result as restores of mailboxes have it. */
function withMailboxes({ status, missing, whole }: Judged, isBulk: boolean): Status {
  const more = {
    ...(isBulk && whole.length > 0 ? { mailboxes: whole.map(toOutcome) } : {}),
    ...(missing.length > 0 ? { missingMailboxes: missing } : {}),
  };
  switch (status.state) {
    case 'succeeded':
    case 'partial':
      return { ...status, result: { ...status.result, ...more } };
    case 'failed': {
      const { failure } = status;
      return { ...status, failure: { ...failure, details: { ...(failure.details as object), ...more } } };
    }
    default:
      return status;
  }
}

function toOutcome({ email, isWhole: _, ...item }: StatisticsItem): MailboxOutcome {
  const { id, name } = item;
  return id === undefined ? item : { ...item, mailbox: { id, ...omitUndefined({ name, email }) } };
}

async function pollEvents(system: VeeamSystem, facts: RestoreFacts, options: Options): Promise<Status> {
  const find = async (isOver: boolean) =>
    findRestoreEvents(await readEvents(system, facts.sessionId, options), facts, isOver);
  let found = await find(false);
  if (found.state === 'none' || found.state === 'running') {
    if (!(await isStopped(system, facts, options))) return running(found);
    // The end may have been written after the events were read.
    found = await find(true);
  }
  const end = found.state === 'ended' ? endOfEvents(found, facts) : undefined;
  if (end) return end;
  system.ownRestores.ended(facts);
  throw withoutVerdict(
    system,
    found.state === 'none'
      ? 'The session has stopped and has no event of this restore.'
      : `The restore has ended, but its events do not say how: several could belong to it, or one has no end.${evidence(found)}`,
  );
}

/** Polls a restore whose answer was read but not understood. Its outcome is unknown as soon as no event says that it runs. */
async function pollAfterUnknownAnswer(system: VeeamSystem, facts: RestoreFacts, options: Options): Promise<Status> {
  let found: RestoreEvents = { state: 'none' };
  try {
    found = findRestoreEvents(await readEvents(system, facts.sessionId, options), facts, false);
  } catch {
    options.signal?.throwIfAborted();
  }
  if (found.state === 'running' && !(await isStopped(system, facts, options))) return running(found);
  system.ownRestores.ended(facts);
  throw withoutVerdict(system, `The answer of the restore was not understood.${evidence(found)}`);
}

async function isStopped(system: VeeamSystem, { sessionId }: RestoreFacts, options: Options): Promise<boolean> {
  const { body } = await fetchSession(system, sessionId, options);
  const state = isObject(body) ? textOf(body.state) : undefined;
  if (state === undefined) throw new UnexpectedResponseError('The session has no state.', { status: 200 });
  return hasStopped(state);
}

function running(found: RestoreEvents): Status {
  const events = eventsOf(found);
  return {
    state: 'running',
    message:
      events.length === 0 ? 'The session has no event of this restore yet.' : events.map(describeEvent).join(' '),
    steps: events.map(({ id, title, message, status }) => ({ name: title ?? message ?? id, state: status })),
    raw: events,
  };
}

function eventsOf(found: RestoreEvents) {
  switch (found.state) {
    case 'none':
      return [];
    case 'ended':
      return found.ends.map(({ event }) => event);
    default:
      return found.events;
  }
}

function evidence(found: RestoreEvents): string {
  const events = eventsOf(found).slice(0, MOST_EVENTS_TOLD);
  return events.map((event) => ` ${describeEvent(event)}`).join('');
}

function withoutVerdict({ transport }: VeeamSystem, message: string): OutcomeUnknownError {
  return new OutcomeUnknownError(transport.redactor.text(message), {
    started: 'yes',
    reason: 'ended-without-verdict',
    advice: 'Read the events of the session, and look into the mailbox, before anyone restores it again.',
  });
}
