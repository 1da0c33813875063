import { ConfigurationError } from '../errors/configuration-error.ts';
import type { OperationHandle } from '../operation/operation.ts';
import { sha256 } from '../values/sha256.ts';
import { normalInstance, type StartTarget } from './start-target.ts';

export const STARTS = 'starts/';
/** Objects in S3 have names of up to 1,024 bytes. */
const LONGEST = 900;

/** @throws {ConfigurationError} the key is empty, too long, or no well-formed text */
export function nameOfKey(key: unknown): string {
  if (typeof key !== 'string' || key === '') throw new ConfigurationError('key', 'must be a text that is not empty.');
  return `${STARTS}${encode('key', key)}.json`;
}

/** @throws {ConfigurationError} the target is too long, or no well-formed text */
export function nameOfTarget({ system, baseUrl, instance }: StartTarget): string {
  return `targets/${encode('target', system, baseUrl, instance)}.json`;
}

/** The name is a hash, because the id of a vendor may have any length. */
export function nameOfOperation({ baseUrl = '', kind, id }: OperationHandle): string {
  return `operations/${sha256(JSON.stringify([baseUrl, kind, normalInstance(id)]))}.json`;
}

function encode(field: string, ...parts: readonly string[]): string {
  let name: string;
  try {
    name = parts.map(encodeURIComponent).join('/');
  } catch (error) {
    throw new ConfigurationError(field, 'holds an unpaired surrogate.', { cause: error });
  }
  if (name.length > LONGEST)
    throw new ConfigurationError(field, `is too long: at most ${LONGEST} characters after encoding.`);
  return name;
}
