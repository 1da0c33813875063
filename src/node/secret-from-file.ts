import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

/**
 * Reads a secret from a file, such as a mounted secret of Kubernetes, without the line break at its end. The file is
 * read each time the secret is needed, so a replaced secret is used when a credential is renewed.
 *
 * @example
 * basicAuth({ username: 'admin', password: secretFromFile('/run/secrets/password') });
 *
 * @param path path of a file in UTF-8
 * @returns a function that rejects with a `ConfigurationError` with the path if the file cannot be read or is empty
 * @throws {ConfigurationError} `path` is empty
 */
export function secretFromFile(path: string): () => Promise<string> {
  requireText('path', path);
  return async () => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined;
      throw new ConfigurationError(path, `the file cannot be read${typeof code === 'string' ? ` (${code})` : ''}.`, {
        cause: error,
      });
    }
    // Some editors write a byte order mark at the beginning.
    const value = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
    if (value === '') throw new ConfigurationError(path, 'the file is empty.');
    return value;
  };
}
