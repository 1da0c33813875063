import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { Mailbox } from './mailbox.ts';

/** How many items went which way. A counter that the server left out counts as 0: none of them is required (VM-14). */
export interface ItemCounts {
  /** Were missing, and came back. */
  readonly created: number;
  /** Had changed, and were put back. */
  readonly merged: number;
  /** Had not changed. */
  readonly skipped: number;
  /** Could not be restored. */
  readonly failed: number;
  /** Folders that could not be restored; 0 where the answer has no such counter. */
  readonly failedFolders: number;
}

/** How the restore of one of several mailboxes went. Counters are absent where the answer has none. */
export interface MailboxOutcome extends Partial<ItemCounts> {
  readonly mailbox?: Mailbox;
  /**
   * - 'succeeded': nothing failed. There may be `warnings`.
   * - 'partial': some of it failed, some was restored.
   * - 'failed': something failed and nothing was restored, or the restore broke off.
   */
  readonly state: 'succeeded' | 'partial' | 'failed';
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/**
 * What a restore of mailboxes did, by the counters and errors of its answer (the HTTP status is 200 however it went,
 * VM-13). Where the answer was lost, the events of the session tell the end and no counters: those are then absent.
 */
export interface MailboxRestoreResult extends RestoreResult, Partial<ItemCounts> {
  /**
   * The moment that the session was asked to show. Which backup the server chose for it is not told, hence no
   * `dataAsOf` (VM-9). Absent where the session was followed by its id alone.
   */
  readonly requestedDateTime?: Date;
  /** What failed, in the words of the server. */
  readonly errors: readonly string[];
  /** One entry for each mailbox, of a restore of several. */
  readonly mailboxes?: readonly MailboxOutcome[];
  /**
   * Mailboxes that were asked for and of which nothing is told, as with `skipUnresolved`: they were not restored, or it
   * is not told. The restore is then 'partial' or 'failed'.
   */
  readonly missingMailboxes?: readonly Mailbox[];
}

/**
 * A restore of mailboxes inside a session. It goes on without this process: `client.resume(handle)` follows it by the
 * events of the session.
 *
 * Its warnings have these codes: `nothing-restored` (the server counted zero of everything, as in a session of a moment
 * before the first backup, VM-9), `not-counted` (the end is known, and no counters), `unrequested-mailbox` (the answer
 * lists a mailbox that was not asked for).
 */
export interface MailboxRestore extends Operation<MailboxRestoreResult> {}
