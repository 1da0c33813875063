import type { Warning } from '../operation/status.ts';
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

/** How the restore of one of several mailboxes went. */
export interface MailboxOutcome extends ItemCounts {
  readonly mailbox?: Mailbox;
  readonly state: RestoreOutcome['state'];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

/**
 * How a restore inside a session went, by its counters and errors: the HTTP status is 200 however it went (VM-13).
 *
 * A restore that failed is an outcome too, and is returned, not thrown: poll `state`.
 */
export interface RestoreOutcome extends ItemCounts {
  /**
   * - 'succeeded': nothing failed. There may be `warnings`.
   * - 'partial': some of it failed, some was restored.
   * - 'failed': something failed and nothing was restored, or the restore broke off.
   */
  readonly state: 'succeeded' | 'partial' | 'failed';
  /**
   * The server counted zero of everything, as in a session of a moment before the first backup (VM-9). Also a warning
   * with the code `nothing-restored`.
   */
  readonly nothingRestored: boolean;
  /** The code `not-counted` says that the answer had no counters: how much was restored is not known. */
  readonly warnings: readonly Warning[];
  readonly errors: readonly string[];
  /** One entry for each mailbox, of a restore of several. */
  readonly mailboxes?: readonly MailboxOutcome[];
  /**
   * Mailboxes that were asked for and that the answer does not list, as it may with `skipUnresolved`: they were not
   * restored, or it is not told. The outcome is then 'partial' or 'failed'.
   */
  readonly missingMailboxes?: readonly Mailbox[];
  /** The vendor's answer. Not enumerable. */
  readonly raw: unknown;
}
