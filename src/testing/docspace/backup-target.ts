import { failure } from './envelope.ts';
import type { Portal } from './portal.ts';
import { STORAGE_TYPES, type StorageFields } from './request-body.ts';

/** Checks the storage of a backup, as far as the start does: the rest shows late. */
export function refuseTarget({ storageType, storageParams }: StorageFields, portal: Portal): Response | undefined {
  const value = (name: string) => storageParams.find(({ key }) => key === name)?.value;
  const missing = (name: string) => failure(500, `The given key '${name}' was not present in the dictionary.`);
  switch (STORAGE_TYPES[storageType]) {
    case 'Documents':
    case 'ThridpartyDocuments': {
      const folderId = value('folderId');
      const isOfPortal = STORAGE_TYPES[storageType] === 'Documents';
      const isNumber = /^\d+$/.test(String(folderId));
      if (isNumber !== isOfPortal) return failure(400, 'wrong folder type');
      if (folderId === undefined) return missing('folderId');
      return portal.hasFolder(String(folderId)) ? undefined : failure(404, 'The required folder was not found');
    }
    case 'Local':
      // Hosted portals throw a plain exception, whose text looks like a refusal.
      if (portal.scenario.edition !== 'standalone') return failure(500, 'Access denied');
      return value('filePath') === undefined ? missing('filePath') : undefined;
    default:
      return undefined;
  }
}
