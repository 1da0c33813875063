import type { Population } from './cadence/operations.ts';
import type { CadenceTable } from './cadence/simulate.ts';

export interface SizeRow {
  readonly what: string;
  readonly isOurs: boolean;
  /** Kilobytes of 1,000 bytes, minified and gzipped; undefined if it cannot be bundled for that platform. */
  readonly browserKb: number | undefined;
  readonly nodeKb: number | undefined;
}

export interface ImportRow {
  readonly what: string;
  readonly isOurs: boolean;
  /** Milliseconds in addition to an empty process. */
  readonly ms: number;
}

export interface FootprintRow {
  readonly what: string;
  readonly isOurs: boolean;
  readonly packages: number;
  readonly megabytes: number;
}

export interface WaiterRow {
  readonly what: string;
  readonly isOurs: boolean;
  readonly heapBytes: number;
  readonly backToBackUs: number;
  readonly onTimersUs: number;
}

export interface OverheadRow {
  readonly what: string;
  readonly isOurs: boolean;
  readonly wallUs: number;
  readonly cpuUs: number;
}

export interface ScaleRow {
  readonly what: string;
  readonly isOurs: boolean;
  readonly waits: number;
  readonly wallS: number;
  readonly cpuS: number;
  readonly peakHeapPerWait: number;
  readonly peakRssMb: number;
  readonly requests: number;
  readonly lost: number;
}

export interface VirtualRow {
  readonly what: string;
  readonly isOurs: boolean;
  readonly waits: number;
  readonly wallS: number;
  readonly cpuS: number;
  readonly heapPerWait: number;
  readonly requests: number;
  readonly latencyS: number;
  readonly lost: number;
}

export interface SessionsRow {
  readonly sessions: number;
  readonly minutes: number;
  readonly requests: number;
  readonly lists: number;
  readonly reads: number;
}

/** All figures of `npm run bench`, each part with the time of its measurement. */
export interface Figures {
  readonly machine: { readonly node: string; readonly cpus: number; readonly cpu: string; readonly platform: string };
  readonly versions: Readonly<Record<string, string>>;
  readonly cadence?: { readonly population: Population; readonly tables: readonly CadenceTable[] };
  readonly sizes?: readonly SizeRow[];
  readonly imports?: readonly ImportRow[];
  readonly footprint?: readonly FootprintRow[];
  readonly waiters?: readonly WaiterRow[];
  readonly overhead?: readonly OverheadRow[];
  readonly scale?: readonly ScaleRow[];
  readonly virtual?: readonly VirtualRow[];
  readonly sessions?: readonly SessionsRow[];
}
