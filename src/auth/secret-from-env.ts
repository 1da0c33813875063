import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

/**
 * A secret out of an environment variable. It is read whenever the secret is needed, not before. Works where there is a
 * `process.env`: Node, Bun, Deno, and workers that emulate it.
 *
 * @example
 * // Not `process.env.API_PASSWORD ?? ''`, which logs in with an empty password where the variable is not set.
 * basicAuth({ username: 'admin', password: secretFromEnv('API_PASSWORD') });
 *
 * @param name such as `API_PASSWORD`
 * @returns a function that throws a `ConfigurationError` naming the variable where that is missing or empty, or ends with a
 *   line break
 * @throws {ConfigurationError} no name
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
