export type SystemName = 'cloud-foundry' | 'oracle-epm' | 'docspace' | 'veeam-m365-v5' | 'veeam-m365-v6';

/** One restore that has to happen at most once. */
export interface PlannedRestore {
  readonly number: number;
  readonly key: string;
  readonly system: SystemName;
  readonly baseUrl: string;
  /** What is overwritten; empty where the whole system is. */
  readonly instance: string;
  /** To which moment; tells the restores of one system apart on the wire. */
  readonly moment: string;
}

/** Where the processes find the store that they share. */
export type StoreAddress =
  | { readonly kind: 'file'; readonly folder: string }
  | { readonly kind: 'object'; readonly url: string }
  | { readonly kind: 'postgres'; readonly port: number };

/** What a worker is given, in a file. */
export interface Orders {
  readonly restores: readonly PlannedRestore[];
  readonly store: StoreAddress;
  /** Folder of the reports. */
  readonly reports: string;
  /** How long a worker waits for the answer of a start: the systems hold some for ever. */
  readonly startTimeoutMs: number;
}

export type Report =
  /** The end is known. */
  | { readonly outcome: 'ended'; readonly state: string; readonly id: string }
  /** A person is told that nobody knows. */
  | { readonly outcome: 'unknown' }
  /** Nothing was sent: the target is held by a restore that nobody knows about. */
  | { readonly outcome: 'refused' };

const FIRST = Date.UTC(2026, 0, 1);

export function momentOf(number: number): string {
  return new Date(FIRST + number * 1_000).toISOString();
}

/** The number of the restore whose moment a request names. */
export function numberIn(text: string): number | undefined {
  const found = /2026-01-01T\d\d:\d\d:\d\d/.exec(text)?.[0];
  return found === undefined ? undefined : (Date.parse(`${found}Z`) - FIRST) / 1_000;
}
