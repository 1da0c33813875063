import type { NamedMailbox, RestoreFacts } from './restore-facts.ts';
import { hasEnded, isRestore, type SessionEvent } from './session-event.ts';

/** The event that is of the restore of this mailbox, and of nothing else. */
export interface MailboxEvent {
  readonly mailbox: NamedMailbox;
  readonly event: SessionEvent;
}

/** What the events of a session tell of one restore. */
export type RestoreEvents =
  /** No event can be its own. */
  | { readonly state: 'none' }
  /** It has no end yet. `isClear`: what there is can only be its own. */
  | { readonly state: 'running'; readonly isClear: boolean; readonly events: readonly SessionEvent[] }
  /** It has ended. `missing`: mailboxes without an event, in a session that has stopped. */
  | { readonly state: 'ended'; readonly ends: readonly MailboxEvent[]; readonly missing: readonly NamedMailbox[] }
  /** All that could be its own has ended, or the session has; and whose it is, or how it ended, cannot be told. */
  | { readonly state: 'unclear'; readonly events: readonly SessionEvent[] };

/** The `Date` of an answer has whole seconds. */
const CLOCK_MARGIN_MS = 2_000;
/** The event of a restore begins when its request has come in. A later one is of another request. */
const LATEST_BEGIN_MS = 10 * 60_000;

/**
 * Finds the events of a restore by type, time and mailbox: they name no request (VM-12).
 * @param hasStopped whether the session had stopped before the events were read: nothing more will come
 */
export function findRestoreEvents(
  all: readonly SessionEvent[],
  facts: RestoreFacts,
  hasStopped: boolean,
): RestoreEvents {
  const inTime = all.filter((event) => isRestore(event) && isInTime(event, facts));
  const byMailbox = facts.mailboxes.map((mailbox) => ({
    mailbox,
    events: inTime.filter((event) => mayBeOf(event, mailbox, facts)),
  }));
  const events = inTime.filter((event) => byMailbox.some((each) => each.events.includes(event)));
  if (events.length === 0) return { state: 'none' };

  const ends = byMailbox.flatMap(({ mailbox, events: [event] }) => (event ? [{ mailbox, event }] : []));
  const missing = byMailbox.filter(({ events: own }) => own.length === 0).map(({ mailbox }) => mailbox);
  // One for each mailbox, and none for two of them.
  const isClear = byMailbox.every(({ events: own }) => own.length <= 1) && ends.length === events.length;
  const isOver = (event: SessionEvent) => hasEnded(event) && (hasStopped || event.endTime !== undefined);
  const mayGoOn = events.some((event) => !isOver(event)) || events.length < facts.mailboxes.length;
  if (mayGoOn && !hasStopped) return { state: 'running', isClear, events };
  return isClear && events.every(isOver) ? { state: 'ended', ends, missing } : { state: 'unclear', events };
}

function isInTime({ startTime }: SessionEvent, { serverStartedAt }: RestoreFacts): boolean {
  if (startTime === undefined || serverStartedAt === undefined) return true;
  const sinceMs = startTime.getTime() - Date.parse(serverStartedAt);
  return sinceMs >= -CLOCK_MARGIN_MS && sinceMs <= LATEST_BEGIN_MS;
}

/** Whether an event may be of a mailbox. It is of another one where it names another one. */
function mayBeOf({ itemName, target }: SessionEvent, { name, email }: NamedMailbox, { to }: RestoreFacts): boolean {
  const names = [name, email].flatMap((each) => each?.toLowerCase() ?? []);
  const isOther = itemName !== undefined && names.length > 0 && !names.includes(itemName.toLowerCase());
  const address = to ?? email;
  const goesElsewhere =
    target?.includes('@') === true && address !== undefined && target.toLowerCase() !== address.toLowerCase();
  return !isOther && !goesElsewhere;
}
