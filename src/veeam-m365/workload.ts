/** What restores inside a session are about. Each has a kind of operation of its own. */
export const WORKLOADS = ['mailbox', 'one-drive', 'site', 'team'] as const;

export type Workload = (typeof WORKLOADS)[number];

/** A workload in a sentence. */
export const WORKLOAD_NAMES: Readonly<Record<Workload, string>> = {
  mailbox: 'mailbox',
  'one-drive': 'OneDrive',
  site: 'site',
  team: 'team',
};
