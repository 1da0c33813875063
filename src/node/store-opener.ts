import type { RestoreStore } from '../start-once/restore-store.ts';

export interface OpenStoreOptions {
  /**
   * Makes the store where the folder, the database or the bucket holds none yet. Say it once, by hand or in the script that
   * sets things up: a service that always says it takes a wrong database for a new store, and restores again.
   * @default false
   */
  readonly create?: boolean | undefined;
}

/** What makes the store of one kind of URL. */
export type StoreOpener = (
  url: URL,
  options: OpenStoreOptions,
) => { readonly store: RestoreStore; readonly close?: () => Promise<void> };
