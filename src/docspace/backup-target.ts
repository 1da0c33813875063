import type { components } from '../../generated/docspace.d.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { requireParams, type StorageParams, toWireParams } from './storage-params.ts';
import { type BackupStorage, toStorageType } from './storage-types.ts';

/** The server's own store. It keeps a backup for a day (the vendor's "temporary storage"). */
export interface ToDataStore {
  readonly storage: 'data-store';
}

/** A folder or room of the portal; for 'third-party-documents', a folder of a third-party account. */
export interface ToDocuments {
  readonly storage: 'documents' | 'third-party-documents';
  /** A whole number for 'documents', any other text for 'third-party-documents', as the server requires. */
  readonly folderId: string;
}

/** A folder on the disk of a self-hosted server. Hosted portals answer 500. */
export interface ToLocalFolder {
  readonly storage: 'local';
  /** The folder. It must exist; the vendor calls the parameter `filePath`. */
  readonly folderPath: string;
}

/** An account such as S3 that is set up for the portal. */
export interface ToThirdPartyConsumer {
  readonly storage: 'third-party-consumer';
  /** Parameters of the account, all of them strings. `module` is its kind, such as 'S3'. */
  readonly params: { readonly module: string; readonly [name: string]: string };
}

/** Where a backup is stored. */
export type BackupTarget = ToDataStore | ToDocuments | ToLocalFolder | ToThirdPartyConsumer;

type WireTarget = Pick<components['schemas']['BackupRequest'], 'storageType' | 'storageParams'>;

const FIELDS = ['folderId', 'folderPath', 'params'] as const;

const FIELD_OF: Readonly<Partial<Record<BackupStorage, (typeof FIELDS)[number] | 'none'>>> = {
  'data-store': 'none',
  documents: 'folderId',
  'third-party-documents': 'folderId',
  local: 'folderPath',
  'third-party-consumer': 'params',
};

/** The options of a target, for `refuseUnknown`. */
export const TARGET_FIELDS: readonly string[] = ['storage', ...FIELDS];

/** @throws {ConfigurationError} names the field that is missing, wrong or not allowed */
export function toWireTarget(target: BackupTarget): WireTarget {
  const { storage } = target;
  const field = Object.hasOwn(FIELD_OF, storage) ? FIELD_OF[storage] : undefined;
  if (field === undefined) {
    throw new ConfigurationError('storage', `must be one of ${Object.keys(FIELD_OF).join(', ')}.`);
  }
  for (const other of FIELDS) {
    if (other !== field && Reflect.get(target, other) !== undefined) {
      throw new ConfigurationError(other, `does not belong to storage '${storage}'.`);
    }
  }
  const params = paramsOf(target);
  return { storageType: toStorageType(storage), ...(params ? { storageParams: toWireParams(params) } : {}) };
}

const WHOLE_NUMBER = /^\d+$/;

function paramsOf(target: BackupTarget): StorageParams | undefined {
  switch (target.storage) {
    case 'data-store':
      return undefined;
    case 'local':
      return { filePath: requireText('folderPath', target.folderPath) };
    case 'third-party-consumer': {
      const params = requireParams(target.params, 'module');
      return { ...params, module: requireText('params.module', params.module) };
    }
    default: {
      const folderId = requireText('folderId', target.folderId);
      const isOfPortal = target.storage === 'documents';
      if (WHOLE_NUMBER.test(folderId) === isOfPortal) return { folderId };
      throw new ConfigurationError(
        'folderId',
        `must ${isOfPortal ? '' : 'not '}be a whole number for storage '${target.storage}'.`,
      );
    }
  }
}
