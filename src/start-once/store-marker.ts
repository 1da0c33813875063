import { StoreError } from '../errors/store-error.ts';

/** The identity of a store: its format and its id. */
export interface StoreMarker {
  readonly format: string;
  readonly v: 1;
  readonly id: string;
}

/** @throws {StoreError} reason 'damaged': it is no marker, or a marker of another version */
export function parseStoreMarker(text: string, format: string, where: string): StoreMarker {
  try {
    const marker = JSON.parse(text) as Partial<StoreMarker> | null;
    if (marker?.format === format && marker.v === 1 && typeof marker.id === 'string') return marker as StoreMarker;
  } catch {
    // Told below.
  }
  throw new StoreError(`${where} is no marker of a store that this version of the package can read.`, {
    reason: 'damaged',
  });
}
