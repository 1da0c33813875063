import { ConfigurationError } from '../errors/configuration-error.ts';

/**
 * Imports an optional peer when it is first needed.
 * @throws {ConfigurationError} it is not installed
 */
export async function importDriver<T>(name: string, load: () => Promise<unknown>): Promise<T> {
  try {
    return (await load()) as T;
  } catch (error) {
    throw new ConfigurationError('url', `needs the package ${name}, which is not installed: npm install ${name}`, {
      cause: error,
    });
  }
}
