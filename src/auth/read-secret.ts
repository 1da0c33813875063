import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AuthContext, Secret } from './auth.ts';

/** Refuses what cannot be a secret, at construction. */
export function requireSecret(field: string, secret: unknown, options: { readonly allowEmpty?: boolean } = {}): Secret {
  if (typeof secret === 'function') return secret as Secret;
  if (typeof secret !== 'string')
    throw new ConfigurationError(field, 'must be a string or a function that answers one.');
  if (secret === '' && !options.allowEmpty) throw new ConfigurationError(field, 'must not be empty.');
  return secret;
}

/** Asks for the secret now, and has it kept out of everything that is shown. */
export async function readSecret(
  field: string,
  secret: Secret,
  context: Pick<AuthContext, 'keepSecret'>,
): Promise<string> {
  if (typeof secret === 'string') {
    context.keepSecret(secret);
    return secret;
  }
  let value: unknown;
  try {
    value = await secret();
  } catch (error) {
    // A vault that is down says nothing about the credentials, so this counts like a connection that was not made.
    const name = error instanceof Error ? error.name : typeof error;
    throw new ConnectionError(`The function behind \`${field}\` threw ${name}.`, { sent: 'no' });
  }
  if (typeof value !== 'string') throw new ConfigurationError(field, 'the function must answer a string.');
  context.keepSecret(value);
  return value;
}

/** A token that may stand in a header. White space around it, as files leave it, is dropped. */
export function headerToken(field: string, token: string): string {
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]+$/.test(trimmed)) {
    throw new ConfigurationError(field, 'is empty or holds characters that cannot stand in a header.');
  }
  return trimmed;
}
