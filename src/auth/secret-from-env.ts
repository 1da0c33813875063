import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

/**
 * Reads a secret from an environment variable each time the secret is needed. Works on platforms with a `process.env`:
 * Node, Bun, Deno, and workers that emulate it.
 *
 * @example
 * // Not `process.env.API_PASSWORD ?? ''`, which would send an empty password if the variable is not set.
 * basicAuth({ username: 'admin', password: secretFromEnv('API_PASSWORD') });
 *
 * @param name such as `API_PASSWORD`
 * @returns a function that throws a `ConfigurationError` with the name of the variable if its value is missing, empty
 *   or ends with a line break
 * @throws {ConfigurationError} `name` is empty
 */
export function secretFromEnv(name: string): () => string {
  requireText('name', name);
  return () => {
    const host: { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } } = globalThis;
    const value = host.process?.env?.[name];
    if (value === undefined || value === '') {
      throw new ConfigurationError(name, `the environment variable is ${value === '' ? 'empty' : 'not set'}.`);
    }
    if (/[\r\n]$/.test(value)) throw new ConfigurationError(name, 'the environment variable ends with a line break.');
    return value;
  };
}
