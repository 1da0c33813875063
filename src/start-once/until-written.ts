import { ConfigurationError } from '../errors/configuration-error.ts';

/** Writers that stand in each other's way get through one after another; a store that never lets one through is broken. */
const MOST_TRIES = 1_000;

/** Reads and writes again until the write was not overtaken. */
export async function untilWritten<T>(attempt: () => Promise<{ readonly done: T } | undefined>): Promise<T> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome) return outcome.done;
  }
  throw new ConfigurationError('store', 'refuses every write as overtaken; does storeConformance() hold for it?');
}
