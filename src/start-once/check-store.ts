import { ConfigurationError } from '../errors/configuration-error.ts';
import type { RestoreStore } from './restore-store.ts';

const METHODS = ['get', 'createIfAbsent', 'compareAndSet', 'list'] as const satisfies readonly (keyof RestoreStore)[];

/** @throws {ConfigurationError} the value is not a store */
export function checkStore(store: RestoreStore): void {
  const missing = METHODS.filter((method) => typeof store?.[method] !== 'function');
  if (missing.length > 0)
    throw new ConfigurationError('store', `is no RestoreStore: ${missing.join(', ')} is missing.`);
}
