import type { components } from '../../generated/docspace.d.ts';
import { toDate } from '../client/dates.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean, requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { requireBackupId } from './guid.ts';
import type { DocSpaceRestoreSource, FromDataStore, RestorePortalInput } from './restore-source.ts';
import { requireParams, toWireParams } from './storage-params.ts';
import { type BackupStorage, toStorageType } from './storage-types.ts';

export interface WireRestore {
  readonly body: components['schemas']['BackupRestoreRequest'];
  /** Describes the source in messages: 'backup 5b1c...'. */
  readonly what: string;
  readonly dataAsOf: Date | undefined;
}

/** @throws {ConfigurationError} names the field that is missing, wrong or not allowed */
export function toWireRestore(input: RestorePortalInput): WireRestore {
  if (typeof input !== 'object' || input === null) {
    throw new ConfigurationError('input', 'must be { backupId } or { storage, ... }.');
  }
  refuseUnknown(input, FIELDS);
  const { notify = false, dump, backupCreatedAt } = input;
  requireBoolean('notify', notify);
  if (dump !== undefined) requireBoolean('dump', dump);
  const dataAsOf = backupCreatedAt === undefined ? undefined : toDate('backupCreatedAt', backupCreatedAt);
  const { what, ...source } = toWireSource(input);
  const body = { ...source, notify, ...omitUndefined({ dump }) };
  return { body, what, dataAsOf };
}

const SOURCE_FIELDS = ['fileId', 'filePath', 'params'] as const;
type SourceField = (typeof SOURCE_FIELDS)[number];
const FIELDS = ['backupId', 'storage', ...SOURCE_FIELDS, 'notify', 'dump', 'backupCreatedAt', 'note'];

/** Storages that a start can use, and the field for the place in them. 'custom-cloud' was never implemented. */
const FIELD_OF: Readonly<Partial<Record<BackupStorage, SourceField>>> = {
  documents: 'fileId',
  'third-party-documents': 'fileId',
  local: 'filePath',
  'data-store': 'params',
  'third-party-consumer': 'params',
};

type WireSource = Omit<WireRestore['body'], 'notify' | 'dump'> & { readonly what: string };

function toWireSource(input: DocSpaceRestoreSource): WireSource {
  const { backupId, storage } = input;
  if (backupId !== undefined && storage !== undefined) {
    throw new ConfigurationError(
      'backupId',
      'cannot be used together with `storage`; the server would ignore one of them.',
    );
  }
  if (storage === undefined) {
    refuseOthers(input, undefined, 'a backup record');
    if (backupId === undefined) throw new ConfigurationError('backupId', 'is required, or `storage` instead.');
    const id = requireBackupId('backupId', backupId, '; for a file, use `storage` and `fileId`');
    return { backupId: id, what: `backup ${id}` };
  }
  const field = Object.hasOwn(FIELD_OF, storage) ? FIELD_OF[storage] : undefined;
  if (field === undefined) {
    throw new ConfigurationError('storage', `must be one of ${Object.keys(FIELD_OF).join(', ')}.`);
  }
  refuseOthers(input, field, `storage '${storage}'`);
  const params = readParams(input);
  return {
    // If the text is no GUID, the server uses the storage.
    backupId: '',
    storageType: toStorageType(storage),
    storageParams: toWireParams(params),
    what: `${params.filePath} (${storage})`,
  };
}

type Params = FromDataStore['params'];

function readParams(input: Exclude<DocSpaceRestoreSource, { readonly backupId: string }>): Params {
  switch (input.storage) {
    case 'documents':
    case 'third-party-documents':
      return { filePath: requireSegment('fileId', input.fileId) };
    case 'local':
      return { filePath: requireText('filePath', input.filePath) };
    case 'third-party-consumer': {
      const params = requireFile(input.params);
      return { ...params, module: requireText('params.module', params.module) };
    }
    default:
      return requireFile(input.params);
  }
}

function requireFile(params: unknown): Params {
  const texts = requireParams(params, 'filePath');
  return { ...texts, filePath: requireText('params.filePath', texts.filePath) };
}

function refuseOthers(input: object, wanted: SourceField | undefined, source: string): void {
  for (const field of SOURCE_FIELDS) {
    if (field !== wanted && Reflect.get(input, field) !== undefined) {
      throw new ConfigurationError(field, `does not belong to ${source}.`);
    }
  }
}
