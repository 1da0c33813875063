import type { Operation } from '../operation/operation.ts';
import type { Mailbox } from './mailbox.ts';
import type { RestoredItem, SessionRestoreResult } from './restore-result.ts';

/**
 * Counters of the items of a mailbox. If an answer of v5 to v7 has any counter, one that it leaves out is 0, because none
 * is required (VM-14).
 */
export interface ItemCounts {
  /** Items that were missing and were restored. */
  readonly created: number;
  /** Items that had changed and were restored. */
  readonly merged: number;
  /** Items that had not changed. */
  readonly skipped: number;
  /** Items that could not be restored. */
  readonly failed: number;
  /** Folders that could not be restored. 0 if the answer has no such counter. */
  readonly failedFolders: number;
}

/** How the restore of one mailbox of several ended. The counters are absent if the answer has none. */
export interface MailboxOutcome extends RestoredItem {
  readonly mailbox?: Mailbox;
  readonly failedFolders?: number;
}

/**
 * What a restore of mailboxes did, by the counters and errors of its answer or, since v8, of its statistics. The HTTP
 * status is 200 even if it failed (VM-13). If the answer was lost, the result is read from the events of the session and
 * has no counters. An event with the status Warning is 'partial', because it may mean failed items.
 */
export interface MailboxRestoreResult extends SessionRestoreResult {
  /** Folders that could not be restored. 0 if the answer has no such counter. Absent since v8. */
  readonly failedFolders?: number;
  /** One entry per mailbox: the same as `items`. Only of `restoreMany`. */
  readonly mailboxes?: readonly MailboxOutcome[];
  /**
   * Mailboxes that were requested and that the answer does not list, for example with `skipUnresolved`. They may not have
   * been restored. The restore is then 'partial' or 'failed'.
   */
  readonly missingMailboxes?: readonly Mailbox[];
}

/**
 * A restore of mailboxes inside a session. It does not need the process that started it: `client.resume(handle)` polls the
 * session of the restore (v8), or the events of the session that it runs in (v5 to v7).
 *
 * Codes of its warnings:
 * - `nothing-restored`: all counters are 0, as in a session of a moment before the first backup (VM-9).
 * - `not-counted`: the restore has ended, and its counters are unknown.
 * - `unrequested-mailbox`: the answer lists a mailbox that was not requested.
 */
export interface MailboxRestore extends Operation<MailboxRestoreResult> {}
