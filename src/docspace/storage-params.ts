import type { components } from '../../generated/docspace.d.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import type { Redactor } from '../http/redactor.ts';
import { isSecretName } from '../http/secret-names.ts';

/** Parameters of a storage by name, all of them strings. */
export type StorageParams = Readonly<Record<string, string>>;

type WireParams = components['schemas']['StorageParameter'][];

/**
 * Checks the parameters of a storage. Others than texts make the server fail (DS-24).
 * @throws {ConfigurationError} names the parameter
 */
export function requireParams(params: unknown, needed: string): StorageParams {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw new ConfigurationError('params', `must be an object of texts with \`${needed}\`.`);
  }
  for (const [name, value] of Object.entries(params)) {
    if (typeof value !== 'string')
      throw new ConfigurationError(`params.${name}`, 'must be a string; the server fails on others.');
  }
  return { ...(params as StorageParams) };
}

/** The pairs that the server reads. */
export function toWireParams(params: StorageParams): WireParams {
  return Object.entries(params).map(([key, value]) => ({ key, value }));
}

/** Remembers the values that are secrets by their names, so that no error shows them. */
export function keepSecrets(redactor: Redactor, params: readonly { key?: string; value?: string }[] = []): void {
  for (const { key, value } of params) if (isSecretName(key ?? '')) redactor.add(value ?? '');
}
