import { StoreError } from '../errors/store-error.ts';

/** Writers that compete get through one after another; a store that never lets one through is broken. */
const MOST_TRIES = 1_000;

/**
 * Reads and writes again until the write was not overtaken.
 * @throws {StoreError} reason 'overtaken': no write got through
 */
export async function writeUntilDone<T>(attempt: () => Promise<{ readonly done: T } | undefined>): Promise<T> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome) return outcome.done;
  }
  throw new StoreError(`The store refused ${MOST_TRIES} writes as overtaken. Does storeConformance() hold for it?`, {
    reason: 'overtaken',
  });
}
