import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { Mailbox } from './mailbox.ts';

/** Counters of items. A counter that the answer leaves out is 0, because none is required (VM-14). */
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
 * What a restore of mailboxes did, by the counters and errors of its answer. The HTTP status is 200 even if it failed
 * (VM-13). If the answer was lost, the result is read from the events of the session and has no counters. An event
 * with the status Warning is 'partial', because it may mean failed items.
 */
export interface MailboxRestoreResult extends RestoreResult, Partial<ItemCounts> {
  /**
   * The moment that the session was opened for. The server does not say which backup it chose, so there is no `dataAsOf`
   * (VM-9). Absent if the session was made by `attach`.
   */
  readonly requestedDateTime?: Date;
  /** What failed, in the server's own words. */
  readonly errors: readonly string[];
  /** One entry per mailbox. Only of `restoreMany`. */
  readonly mailboxes?: readonly MailboxOutcome[];
  /**
   * Mailboxes that were requested and that the answer does not list, for example with `skipUnresolved`. They may not have
   * been restored. The restore is then 'partial' or 'failed'.
   */
  readonly missingMailboxes?: readonly Mailbox[];
}

/**
 * A restore of mailboxes inside a session. It does not need the process that started it: `client.resume(handle)` polls the
 * events of the session.
 *
 * Codes of its warnings:
 * - `nothing-restored`: all counters are 0, as in a session of a moment before the first backup (VM-9).
 * - `not-counted`: the restore has ended, and its counters are unknown.
 * - `unrequested-mailbox`: the answer lists a mailbox that was not requested.
 */
export interface MailboxRestore extends Operation<MailboxRestoreResult> {}
