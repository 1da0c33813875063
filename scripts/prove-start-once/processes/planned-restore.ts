export type SystemName = 'cloud-foundry' | 'oracle-epm' | 'docspace' | 'veeam-m365-v5' | 'veeam-m365-v6';

/** One restore that must happen at most once. */
export interface PlannedRestore {
  readonly number: number;
  readonly key: string;
  readonly system: SystemName;
  readonly baseUrl: string;
  /** What is overwritten; empty if it is the whole system. */
  readonly instance: string;
  /** The point in time of the restore, by which the requests of one system are distinguished. */
  readonly moment: string;
}

/** The address of the shared store. */
export type StoreAddress =
  | { readonly kind: 'file'; readonly folder: string }
  | { readonly kind: 'object'; readonly url: string }
  | { readonly kind: 'postgres'; readonly port: number };

/** The input of a worker, in a file. */
export interface Orders {
  readonly restores: readonly PlannedRestore[];
  readonly store: StoreAddress;
  /** Folder of the reports. */
  readonly reports: string;
  /** How long a worker waits for the answer of a start. The systems never answer some of them. */
  readonly startTimeoutMs: number;
}

export type Report =
  /** The end is known. */
  | { readonly outcome: 'ended'; readonly state: string; readonly id: string }
  /** The outcome is unknown and a person must decide. */
  | { readonly outcome: 'unknown' }
  /** Nothing was sent, because a restore with an unknown outcome holds the target. */
  | { readonly outcome: 'refused' };

const FIRST = Date.UTC(2026, 0, 1);

export function momentOf(number: number): string {
  return new Date(FIRST + number * 1_000).toISOString();
}

/** The number of the restore whose point in time is in a request. */
export function numberIn(text: string): number | undefined {
  const found = /2026-01-01T\d\d:\d\d:\d\d/.exec(text)?.[0];
  return found === undefined ? undefined : (Date.parse(`${found}Z`) - FIRST) / 1_000;
}
