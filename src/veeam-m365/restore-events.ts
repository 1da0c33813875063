import type { NamedMailbox, RestoreFacts } from './restore-facts.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';

/** A mailbox and the only event that can belong to its restore. */
export interface MailboxEvent {
  readonly mailbox: NamedMailbox;
  readonly event: SessionEvent;
}

/** What the events of a session say about one restore. */
export type RestoreEvents =
  /** No event can belong to it. */
  | { readonly state: 'none' }
  /** It has not ended. `isClear`: the events can only belong to it. */
  | { readonly state: 'running'; readonly isClear: boolean; readonly events: readonly SessionEvent[] }
  /** It has ended. `missing`: the mailboxes that have no event in a session that has stopped. */
  | { readonly state: 'ended'; readonly ends: readonly MailboxEvent[]; readonly missing: readonly NamedMailbox[] }
  /** It has ended, but several events could belong to it, or its event has no end in a session that has stopped. */
  | { readonly state: 'unclear'; readonly events: readonly SessionEvent[] };

/** The `Date` of an answer has whole seconds. */
const CLOCK_MARGIN_MS = 2_000;
/** The event of a restore starts when its request arrives. A later event belongs to another request. */
const LATEST_BEGIN_MS = 10 * 60_000;

/**
 * Finds the events of a restore by type, time and mailbox, because an event names no request (VM-12).
 * @param hasStopped whether the session had stopped before the events were read, so that no event will follow
 */
export function findRestoreEvents(
  all: readonly SessionEvent[],
  facts: RestoreFacts,
  hasStopped: boolean,
): RestoreEvents {
  const inTime = all.filter((event) => isRestore(event) && isAtStart(event.startTime, facts));
  const byMailbox = facts.mailboxes.map((mailbox) => ({
    mailbox,
    events: inTime.filter((event) => mayBeOf(event, mailbox, facts)),
  }));
  const events = inTime.filter((event) => byMailbox.some((each) => each.events.includes(event)));
  if (events.length === 0) return { state: 'none' };

  const ends = byMailbox.flatMap(({ mailbox, events: [event] }) => (event ? [{ mailbox, event }] : []));
  const missing = byMailbox.filter(({ events: own }) => own.length === 0).map(({ mailbox }) => mailbox);
  // Each mailbox has at most one event, and no event fits two mailboxes.
  const isClear = byMailbox.every(({ events: own }) => own.length <= 1) && ends.length === events.length;
  const isOver = (event: SessionEvent) => hasEnded(event) && (hasStopped || event.endTime !== undefined);
  const mayGoOn = events.some((event) => !isOver(event)) || events.length < facts.mailboxes.length;
  if (mayGoOn && !hasStopped) return { state: 'running', isClear, events };
  return isClear && events.every(isOver) ? { state: 'ended', ends, missing } : { state: 'unclear', events };
}

/** Whether something began when the request of the restore was sent. True where a time is not known. */
export function isAtStart(time: Date | undefined, { serverStartedAt }: RestoreFacts): boolean {
  if (time === undefined || serverStartedAt === undefined) return true;
  const sinceMs = time.getTime() - Date.parse(serverStartedAt);
  return sinceMs >= -CLOCK_MARGIN_MS && sinceMs <= LATEST_BEGIN_MS;
}

/** Whether an event may belong to a mailbox. It does not if it names another mailbox. */
function mayBeOf({ itemName, target }: SessionEvent, { name, email }: NamedMailbox, { to }: RestoreFacts): boolean {
  const names = [name, email].flatMap((each) => each?.toLowerCase() ?? []);
  const isOther = itemName !== undefined && names.length > 0 && !names.includes(itemName.toLowerCase());
  const address = to ?? email;
  const goesElsewhere =
    target?.includes('@') === true && address !== undefined && target.toLowerCase() !== address.toLowerCase();
  return !isOther && !goesElsewhere;
}
