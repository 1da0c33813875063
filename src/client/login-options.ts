import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';

/**
 * Checks the names of the options of a login. @param names all options, the first one as an example
 * @throws {ConfigurationError} there are no options, or one is not known
 */
export function checkLoginOptions<T extends object>(options: T, names: readonly (keyof T & string)[]): void {
  if (typeof options !== 'object' || options === null) {
    throw new ConfigurationError('auth', `needs an object with ${names.join(', ')}.`);
  }
  refuseUnknown(options, names);
}
