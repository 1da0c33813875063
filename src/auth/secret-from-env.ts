import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const NO_NAME =
  'must be the name of an environment variable, such as API_PASSWORD: not the secret, and no $ before it.';
/** A text with small letters may be the secret itself, passed by mistake, so errors do not show it. */
const SHOWN = /^[A-Z0-9_]+$/;

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
 * @throws {ConfigurationError} `name` is no name of an environment variable
 */
export function secretFromEnv(name: string): () => string {
  requireText('name', name);
  if (!NAME.test(name)) throw new ConfigurationError('name', NO_NAME);
  return () => {
    const host: { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } } = globalThis;
    const value = host.process?.env?.[name];
    if (value === undefined || value === '') throw wrong(name, `is ${value === '' ? 'empty' : 'not set'}. Set it.`);
    if (/[\r\n]$/.test(value)) throw wrong(name, 'ends with a line break. Remove it.');
    return value;
  };
}

function wrong(name: string, what: string): ConfigurationError {
  if (SHOWN.test(name)) return new ConfigurationError(name, `the environment variable ${what}`);
  const hidden = 'Its name is not shown, because it has small letters and may be the secret, passed in its place.';
  return new ConfigurationError('secretFromEnv', `the environment variable ${what} ${hidden}`);
}
