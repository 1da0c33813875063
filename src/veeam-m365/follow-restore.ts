import type { Poll, Subject } from '../client/operation-kind.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { endOfEvents } from './end-of-events.ts';
import { describeEvent, readEvents } from './events.ts';
import { fetchSession } from './fetch-session.ts';
import type { MailboxRestoreResult } from './mailbox-restore-result.ts';
import { findRestoreEvents, type RestoreEvents } from './restore-events.ts';
import type { RestoreFacts } from './restore-facts.ts';
import { hasStopped } from './session-info.ts';
import type { VeeamSystem } from './veeam-system.ts';

type Options = { readonly signal?: AbortSignal };
type Status = StatusDraft<MailboxRestoreResult>;

const MOST_EVENTS_TOLD = 5;

/** Polls a restore by the events of its session: after a resume, or if its answer was lost (VM-12). */
export function followRestore({
  system,
  facts,
  pending,
}: Subject<RestoreFacts, VeeamSystem>): Poll<MailboxRestoreResult> {
  return async (options) => {
    const isAnswered = pending?.outcome?.answer?.body !== undefined;
    const status = isAnswered
      ? await pollAfterUnknownAnswer(system, facts, options)
      : await pollEvents(system, facts, options);
    if (status.state !== 'running') system.ownRestores.ended(facts);
    return status;
  };
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
