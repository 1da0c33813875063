export const SYSTEMS = ['oracle-epm', 'cloud-foundry', 'veeam-m365-v5', 'veeam-m365-v6', 'docspace'] as const;
export type SystemName = (typeof SYSTEMS)[number];

/** What a waiter process is told, as JSON in its first argument. */
export interface WaiterTask {
  readonly system: SystemName;
  readonly baseUrl: string;
  /** Where the handle is kept; there is one, so a restore was started. */
  readonly handleFile: string;
  readonly form: 'json' | 'text';
  /** Sent with every request of this process. */
  readonly process: string;
  readonly everyMs: number;
}

/** The line that it writes once the handle is safe and it waits. */
export const WAITING = 'waiting';

/** The line that it writes at the end, as JSON. */
export interface WaiterVerdict {
  readonly state: string;
  readonly dataAsOf: string | undefined;
  readonly handle: unknown;
}
