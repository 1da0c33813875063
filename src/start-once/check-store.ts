import { ConfigurationError } from '../errors/configuration-error.ts';
import { seenInstead } from '../errors/require.ts';
import type { RestoreStore } from './restore-store.ts';

const METHODS = ['get', 'createIfAbsent', 'compareAndSet', 'list'] as const satisfies readonly (keyof RestoreStore)[];

/** @throws {ConfigurationError} the value is not a store */
export function checkStore(store: RestoreStore): void {
  const missing = METHODS.filter((method) => typeof store?.[method] !== 'function');
  if (missing.length === 0) return;
  const seen: unknown = store;
  const hint = typeof seen === 'string' ? ' It is a text: pass openStore(url) of restorekit/node.' : seenInstead(seen);
  throw new ConfigurationError('store', `is no RestoreStore: ${missing.join(', ')} is missing.${hint}`);
}
