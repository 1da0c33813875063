import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** The vendor's storage types in correct spelling. The vendor writes `ThridpartyDocuments` (DS-26). */
export type BackupStorage =
  | 'documents'
  | 'third-party-documents'
  | 'custom-cloud'
  | 'local'
  | 'data-store'
  | 'third-party-consumer';

/** The storages by number. All servers accept numbers; they accept names only since November 2024. */
const STORAGES: readonly { readonly ours: BackupStorage; readonly theirs: string }[] = [
  { ours: 'documents', theirs: 'documents' },
  { ours: 'third-party-documents', theirs: 'thridpartydocuments' },
  { ours: 'custom-cloud', theirs: 'customcloud' },
  { ours: 'local', theirs: 'local' },
  { ours: 'data-store', theirs: 'datastore' },
  { ours: 'third-party-consumer', theirs: 'thirdpartyconsumer' },
];

export function toStorageType(storage: BackupStorage): 0 | 1 | 2 | 3 | 4 | 5 {
  return STORAGES.findIndex(({ ours }) => ours === storage) as 0 | 1 | 2 | 3 | 4 | 5;
}

/** Reads a storage type: the vendor's number and our name; both are undefined if it is not known. */
export function readStorageType(value: unknown): { readonly type?: number; readonly name?: BackupStorage } {
  const byName = typeof value === 'string' ? STORAGES.findIndex(({ theirs }) => theirs === value.toLowerCase()) : -1;
  const type = byName >= 0 ? byName : toStatusCode(value);
  const name = type === undefined ? undefined : STORAGES[type]?.ours;
  return omitUndefined({ type, name });
}
