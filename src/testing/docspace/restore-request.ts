import { type SourceState, toGuid, ZERO_GUID } from './archives.ts';
import { failure } from './envelope.ts';
import type { Portal } from './portal.ts';
import {
  type Invalid,
  missing,
  readObject,
  readStorageFields,
  STORAGE_TYPES,
  type StorageFields,
  wrongType,
} from './request-body.ts';

/** BackupRestoreDto, read as the server reads it. */
export interface RestoreRequest extends StorageFields {
  readonly backupId: string;
  readonly notify: boolean;
}

export function readRestoreRequest(json: () => unknown): RestoreRequest | Invalid {
  const dto = readObject(json);
  const storage = readStorageFields(dto);
  if (dto === undefined || 'errors' in storage) return storage as Invalid;
  const { backupId, notify } = dto;
  if (backupId === undefined) return missing('backupId');
  if (backupId !== null && typeof backupId !== 'string') return wrongType('backupId');
  if (notify !== undefined && typeof notify !== 'boolean') return wrongType('notify');
  return { ...storage, backupId: backupId ?? '', notify: notify === true };
}

/** The state of the source of a restore, or the answer if the start already notices that it is wrong. */
export function chooseSource(request: RestoreRequest, portal: Portal): SourceState | Response {
  const id = toGuid(request.backupId);
  if (id === ZERO_GUID) return 'zero-guid';
  if (id !== undefined) {
    const backup = portal.backup(id);
    if (!backup) return failure(404, 'Unable to find the specified file.');
    // A dump cannot be restored as a portal, nor a backup of a portal as a dump.
    return (backup.dump ?? false) === request.dump ? (backup.archive ?? 'good') : 'invalid';
  }
  // Not documented; .NET throws on the null.
  if (request.storageParams.some(({ key, value }) => (key ?? null) === null || (value ?? null) === null)) {
    return failure(500, 'Object reference not set to an instance of an object.');
  }
  const path = request.storageParams.find(({ key }) => String(key) === 'filePath')?.value;
  if (path === undefined) return failure(500, "The given key 'filePath' was not present in the dictionary.");
  switch (STORAGE_TYPES[request.storageType]) {
    case 'Local':
      // The value is ignored: the server uses the archive that was uploaded last.
      return portal.uploadedArchive();
    case 'Documents':
    case 'ThridpartyDocuments':
      // The start already checks access to the file, so it must exist.
      return presentFile(portal.files()[String(path)]);
    case 'ThirdPartyConsumer':
      if (!request.storageParams.some(({ key }) => String(key) === 'module')) return 'without-module';
      return portal.files()[String(path)] ?? 'missing';
    case 'DataStore':
      return portal.files()[String(path)] ?? 'missing';
    default:
      return 'unknown-storage';
  }
}

function presentFile(state: SourceState | undefined): SourceState | Response {
  return state === undefined || state === 'missing' ? failure(404, 'The required file was not found') : state;
}
