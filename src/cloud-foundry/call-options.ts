import type { CallOptions } from '../client/client-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

const CALL = ['signal', 'requestTimeoutMs'];

/**
 * Separates the options of one method from those that every call takes.
 * @throws {ConfigurationError} an option is not known
 */
export function splitOptions<Own extends object>(
  options: Own & CallOptions,
  own: readonly (keyof Own & string)[],
): { readonly own: Own; readonly call: CallOptions } {
  if (typeof options !== 'object' || options === null) throw new ConfigurationError('options', 'must be an object.');
  refuseUnknown(options, [...own, ...CALL]);
  const { signal, requestTimeoutMs } = options;
  return { own: options, call: omitUndefined({ signal, requestTimeoutMs }) };
}

/** @throws {ConfigurationError} the value is not one of the known ones */
export function requireOneOf(field: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw new ConfigurationError(field, `must be one of ${known.join(', ')}.`);
}
