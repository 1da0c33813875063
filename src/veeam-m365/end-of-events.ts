import type { StatusDraft, Warning } from '../operation/status.ts';
import { namedItem } from './end-of-answer.ts';
import type { MailboxOutcome, MailboxRestoreResult } from './mailbox-restore-result.ts';
import type { MailboxEvent, RestoreEvents } from './restore-events.ts';
import type { NamedMailbox, RestoreFacts } from './restore-facts.ts';
import { issuesOf } from './restore-result.ts';
import { resultOf, statusOf } from './restore-status.ts';

const STATES: Readonly<Record<string, MailboxOutcome['state']>> = {
  success: 'succeeded',
  warning: 'partial',
  failed: 'failed',
  cancelled: 'failed',
  canceled: 'failed',
};

const NOT_COUNTED: Warning = {
  code: 'not-counted',
  message:
    'The outcome is from the events of the session, which have no counters. It is not known how much was restored.',
};

/** The end of a restore by its events. Undefined if an event ended with an unknown status. */
export function endOfEvents(
  { ends, missing }: RestoreEvents & { readonly state: 'ended' },
  facts: RestoreFacts,
): StatusDraft<MailboxRestoreResult> | undefined {
  const outcomes = ends.map(outcomeOf);
  const known = outcomes.filter((outcome) => outcome !== undefined);
  if (known.length < outcomes.length) return undefined;
  const isSeveral = facts.mailboxes.length > 1;
  const { errors, issues } = issuesOf({}, [...known, ...missing.map(withoutEvent)]);
  const states = known.map(({ state }) => state);
  const isWhole = missing.length === 0 && states.every((state) => state === 'succeeded');
  const isNothing = states.every((state) => state === 'failed');
  return statusOf({
    state: isWhole ? 'succeeded' : isNothing ? 'failed' : 'partial',
    result: {
      ...resultOf(facts),
      errors,
      issues,
      ...(isSeveral ? { items: known, mailboxes: known } : {}),
      ...(missing.length === 0 ? {} : { missingMailboxes: missing }),
    },
    warnings: [...known.flatMap((outcome) => outcome.warnings.map((message) => ({ message }))), NOT_COUNTED],
    raw: ends.map(({ event }) => event),
  });
}

function withoutEvent(mailbox: NamedMailbox): MailboxOutcome {
  return { ...namedItem(mailbox), state: 'failed', warnings: [], errors: ['The session has no event of it.'] };
}

function outcomeOf({ mailbox, event }: MailboxEvent): MailboxOutcome | undefined {
  const { status, message, title } = event;
  const state = STATES[status.toLowerCase()];
  if (state === undefined) return undefined;
  const text = `${message ?? title ?? 'The restore of the mailbox'} (${status})`;
  return {
    ...namedItem(mailbox),
    state,
    warnings: state === 'partial' ? [text] : [],
    errors: state === 'failed' ? [text] : [],
  };
}
