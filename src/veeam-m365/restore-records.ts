import type { RestoreOutcome } from './restore-outcome.ts';

/** What the restores that this client has sent into one session have come to, in mailboxes. */
export interface RestoreRecords {
  begun: number;
  /** Their restore is going on, or has no known end. */
  open: number;
  succeeded: number;
  partial: number;
  failed: number;
  /** Their restore ended without bringing anything back. */
  empty: number;
  /** Items that came back. */
  restoredItems: number;
}

export function newRestoreRecords(): RestoreRecords {
  return { begun: 0, open: 0, succeeded: 0, partial: 0, failed: 0, empty: 0, restoredItems: 0 };
}

/** Notes the answer to the restore of so many mailboxes. */
export function noteOutcome(records: RestoreRecords, outcome: RestoreOutcome, mailboxCount: number): void {
  const restored = outcome.created + outcome.merged;
  const states = outcome.mailboxes?.map(({ state }) => state) ?? [];
  const missing = outcome.missingMailboxes?.length ?? 0;
  if (states.length === 0) records[outcome.state] += mailboxCount;
  for (const state of states) records[state] += 1;
  records.partial += missing;
  if (restored === 0 && outcome.warnings.some(({ code }) => code === 'not-counted')) return;
  records.open -= mailboxCount - missing;
  records.restoredItems += restored;
  if (restored === 0 && missing === 0) records.empty += mailboxCount;
}
