import { StoreError } from '../errors/store-error.ts';

/** Concurrent writers succeed one after another. A store on which none of them succeeds is broken. */
const MOST_TRIES = 1_000;

/**
 * Repeats reading and writing until no other writer interferes.
 * @throws {StoreError} reason 'overtaken': no write succeeded
 */
export async function writeUntilDone<T>(attempt: () => Promise<{ readonly done: T } | undefined>): Promise<T> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome) return outcome.done;
  }
  throw new StoreError(
    `The store refused ${MOST_TRIES} writes in a row as conflicts. Check the store with storeConformance().`,
    {
      reason: 'overtaken',
    },
  );
}
