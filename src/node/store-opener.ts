import type { RestoreStore } from '../start-once/restore-store.ts';

export interface OpenStoreOptions {
  /**
   * Creates the store if the folder, the database or the bucket has none. Set it once only, by hand or in a setup script.
   * A service that always sets it would take a wrong database for a new store and restore again.
   * @default false
   */
  readonly create?: boolean | undefined;
}

/** Opens the store for one kind of URL. */
export type StoreOpener = (
  url: URL,
  options: OpenStoreOptions,
) => { readonly store: RestoreStore; readonly close?: () => Promise<void> };
