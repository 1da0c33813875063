import { ConfigurationError } from '../errors/configuration-error.ts';
import { seenInstead } from '../errors/require.ts';
import type { Secret } from './auth.ts';

export interface SecretRules {
  /** Allows an empty secret, which public OAuth clients have. @default false */
  readonly allowEmpty?: boolean | undefined;
}

/** What is wrong with a secret; undefined if nothing is. */
export function secretFault(value: unknown, { allowEmpty = false }: SecretRules): string | undefined {
  if (typeof value !== 'string') return 'must be a string.';
  if (value === '' && !allowEmpty) {
    return 'must not be empty. Nothing was sent: a login with an empty secret is refused, and repeated refusals lock accounts.';
  }
  if (/[\r\n\u2028\u2029]$/.test(value)) {
    return 'ends with a line break, as files do. Remove it, or read the file with `secretFromFile` of restorekit/node.';
  }
  return undefined;
}

/**
 * Checks a secret when a client is constructed.
 * @throws {ConfigurationError} names the field, never the value
 */
export function requireSecret(field: string, secret: unknown, rules: SecretRules = {}): Secret {
  if (typeof secret === 'function') return secret as Secret;
  if (typeof secret !== 'string') {
    throw new ConfigurationError(
      field,
      secret === undefined
        ? "is undefined. If it comes from an environment variable, use secretFromEnv('NAME'): it says which one is not set."
        : `must be a string or a function that returns one.${seenInstead(secret)}`,
    );
  }
  const fault = secretFault(secret, rules);
  if (fault !== undefined) throw new ConfigurationError(field, fault);
  return secret;
}

/** Checks that a token can be sent in a header. White space around it is removed. */
export function headerToken(field: string, token: string): string {
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new ConfigurationError(field, 'is empty or holds characters that cannot stand in a header.');
  }
  return trimmed;
}
