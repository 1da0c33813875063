import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

/** The vendor's storage types in plain spelling; its own is `ThridpartyDocuments` (DS-26). */
export type BackupStorage =
  | 'documents'
  | 'third-party-documents'
  | 'custom-cloud'
  | 'local'
  | 'data-store'
  | 'third-party-consumer';

/** By number, which all servers parseStartResponse; names only since November 2024. */
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

/** The number and our word for what an answer says; both undefined where that is not known. */
export function readStorageType(value: unknown): { readonly type?: number; readonly name?: BackupStorage } {
  const byName = typeof value === 'string' ? STORAGES.findIndex(({ theirs }) => theirs === value.toLowerCase()) : -1;
  const type = byName >= 0 ? byName : toStatusCode(value);
  const name = type === undefined ? undefined : STORAGES[type]?.ours;
  return omitUndefined({ type, name });
}
