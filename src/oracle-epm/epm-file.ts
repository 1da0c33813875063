import { omitUndefined } from '../values/omit-undefined.ts';

/**
 * - 'snapshot': `LCM`, a snapshot of the application. It can be imported.
 * - 'file': `EXTERNAL`, any other file, such as one of the inbox.
 * - 'other': a type that this package does not know.
 */
export type EpmFileKind = 'snapshot' | 'file' | 'other';

/** A snapshot or a file inside the environment. */
export interface EpmFile {
  /** The name, with its folder. It is sent back unchanged. */
  readonly id: string;
  /** The same as `id`, under the name that the vendor uses. */
  readonly name: string;
  readonly kind: EpmFileKind;
  /** The vendor's word for the kind, such as `LCM` or `EXTERNAL`. */
  readonly type?: string;
  /** Size in bytes. The vendor tells it of files only, not of snapshots. */
  readonly sizeBytes?: number;
  /** When it was last changed. The vendor tells it of files only, not of snapshots. */
  readonly modifiedAt?: Date;
}

const KINDS: Readonly<Record<string, EpmFileKind>> = { LCM: 'snapshot', EXTERNAL: 'file' };

/** Numbers come as texts, and null for a snapshot. A text that is no whole number is left out. */
export function toFile(item: {
  readonly name: string;
  readonly type?: string | null | undefined;
  readonly size?: unknown;
  readonly lastmodifiedtime?: unknown;
}): EpmFile {
  const { name } = item;
  const type = item.type ?? undefined;
  const modifiedMs = wholeNumber(item.lastmodifiedtime);
  const modifiedAt = modifiedMs === undefined ? undefined : new Date(modifiedMs);
  return omitUndefined({
    id: name,
    name,
    kind: KINDS[type ?? ''] ?? 'other',
    type,
    sizeBytes: wholeNumber(item.size),
    modifiedAt: modifiedAt && !Number.isNaN(modifiedAt.getTime()) ? modifiedAt : undefined,
  });
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*\d+\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
