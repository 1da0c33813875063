import { pageOf } from './list-page.ts';
import type { RestoreStore } from './restore-store.ts';

/**
 * A store in memory, which is lost when the process ends. Use it in tests, or for a single process whose restores need
 * no protection against a crash.
 */
export function memoryStore(): RestoreStore {
  const values = new Map<string, { readonly value: string; readonly version: number }>();
  const write = (name: string, value: string, version: number): string => {
    values.set(name, { value, version });
    return String(version);
  };
  return {
    async get(name) {
      const found = values.get(name);
      return found && { value: found.value, version: String(found.version) };
    },
    async createIfAbsent(name, value) {
      return values.has(name) ? undefined : write(name, value, 1);
    },
    async compareAndSet(name, value, version) {
      const current = values.get(name)?.version;
      return current === undefined || String(current) !== version ? undefined : write(name, value, current + 1);
    },
    async list(prefix, options) {
      return pageOf(values.keys(), prefix, options);
    },
  };
}
