/** What the restores inside one session have come to, as far as this process has seen. */
export interface Ledger {
  /** Items that came back. */
  restoredItems: number;
  /** Mailboxes whose restore ended without bringing anything back. */
  emptyMailboxes: number;
  /** Mailboxes whose restore is going on, or has no known end. */
  openMailboxes: number;
}

export function newLedger(): Ledger {
  return { restoredItems: 0, emptyMailboxes: 0, openMailboxes: 0 };
}
