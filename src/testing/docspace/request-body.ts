/** Names and numbers of the storage types, in the vendor's own spelling. */
export const STORAGE_TYPES = [
  'Documents',
  'ThridpartyDocuments',
  'CustomCloud',
  'Local',
  'DataStore',
  'ThirdPartyConsumer',
] as const;

export interface StorageFields {
  readonly storageType: number;
  readonly storageParams: readonly { readonly key?: unknown; readonly value?: unknown }[];
  readonly dump: boolean;
}

/** What does not fit the model, by JSON path. */
export interface Invalid {
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

export function readObject(json: () => unknown): Record<string, unknown> | undefined {
  try {
    const value = json();
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** The part that BackupDto and BackupRestoreDto have in common. */
export function readStorageFields(dto: Readonly<Record<string, unknown>> | undefined): StorageFields | Invalid {
  if (dto === undefined) return invalid('$', 'The JSON value could not be converted.');
  const storageType = readStorageType(dto.storageType);
  if (storageType === undefined) return wrongType('storageType');
  const storageParams = dto.storageParams ?? [];
  if (!Array.isArray(storageParams) || storageParams.some((item) => typeof item !== 'object' || item === null)) {
    return wrongType('storageParams');
  }
  if (dto.dump !== undefined && typeof dto.dump !== 'boolean') return wrongType('dump');
  return { storageType, storageParams, dump: dto.dump === true };
}

function invalid(path: string, message: string): Invalid {
  return { errors: { [path]: [message] } };
}

export function missing(name: string): Invalid {
  return invalid('$', `JSON deserialization was missing required properties including: '${name}'.`);
}

export function wrongType(name: string): Invalid {
  return invalid(`$.${name}`, `The JSON value could not be converted. Path: $.${name}.`);
}

/** Numbers, numbers as text, and names in any case. */
function readStorageType(value: unknown): number | undefined {
  if (value === undefined) return 0;
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const index = STORAGE_TYPES.findIndex((name) => name.toLowerCase() === value.toLowerCase());
  return index < 0 ? undefined : index;
}
