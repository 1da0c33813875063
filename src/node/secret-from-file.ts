import { readFile } from 'node:fs/promises';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';

/**
 * A secret out of a file, such as a mounted secret of Kubernetes, without the line break at its end. The file is read
 * whenever the secret is needed, so a new one is taken when a credential is renewed.
 *
 * @example
 * basicAuth({ username: 'admin', password: secretFromFile('/run/secrets/password') });
 *
 * @param path of a file in UTF-8
 * @returns a function that rejects with a `ConfigurationError` naming the file where that cannot be read or is empty
 * @throws {ConfigurationError} no path
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
    // An editor of another system may have put a mark in front.
    const value = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
    if (value === '') throw new ConfigurationError(path, 'the file is empty.');
    return value;
  };
}
