import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AuthContext, Secret } from './auth.ts';
import { secretReader } from './secret-reader.ts';

/** A secret that works once, such as a passcode. */
export interface OneTimeSecret {
  /** @throws {AuthenticationError} reason 'code-used': it was sent before */
  requireUnused(value: string): void;
  /**
   * Reads the secret.
   * @throws {AuthenticationError} reason 'code-used': it was sent before
   */
  read(): Promise<string>;
  /**
   * Sends the secret. It counts as used from now on, unless the request certainly was not sent.
   * @throws {AuthenticationError} reason 'code-used': it was sent before
   */
  spend<T>(value: string, send: () => Promise<T>): Promise<T>;
}

/**
 * Keeps a one-time secret from being sent twice. @param used what was sent, for all clients with the same auth
 * @param advice where to get a new one
 */
export function oneTimeSecret(
  options: {
    readonly field: string;
    readonly secret: Secret;
    readonly used: Set<string>;
    readonly advice: string;
  },
  context: AuthContext,
): OneTimeSecret {
  const { field, secret, used, advice } = options;
  const read = secretReader(field, secret, context);
  const requireUnused = (value: string): void => {
    if (!used.has(value)) return;
    throw new AuthenticationError(
      `The code in \`${field}\` was sent before. It works once, so it is not sent again. ${advice}`,
      { status: 401, reason: 'code-used' },
    );
  };
  return {
    requireUnused,
    read: async () => {
      // A text cannot change, so nobody has to be asked.
      if (typeof secret === 'string') requireUnused(secret);
      const value = await read();
      requireUnused(value);
      return value;
    },
    spend: async (value, send) => {
      // Another client may have sent it since it was read.
      requireUnused(value);
      used.add(value);
      try {
        return await send();
      } catch (error) {
        if (ConnectionError.isInstance(error) && error.sent === 'no') used.delete(value);
        throw error;
      }
    },
  };
}
