import { checkStore } from './check-store.ts';
import { STARTS } from './names.ts';
import type { RestoreStore } from './restore-store.ts';
import { parseRecord, type StartRecord } from './start-record.ts';

/** All starts that the store knows, the oldest first: what is unfinished, what nobody knows about. */
export async function listStarts(options: { readonly store: RestoreStore }): Promise<readonly StartRecord[]> {
  const { store } = options;
  checkStore(store);
  const records: StartRecord[] = [];
  for (const name of await store.list(STARTS)) {
    const stored = await store.get(name);
    if (stored) records.push(parseRecord(name, stored.value));
  }
  return records.sort((one, other) => one.createdAt.localeCompare(other.createdAt));
}
