import type { Auth, AuthContext, Authenticator, Secret } from './auth.ts';
import { headerToken, requireSecret } from './check-secret.ts';
import { secretReader } from './secret-reader.ts';
import { staticAuthenticator } from './static-authenticator.ts';

/**
 * A token that was issued elsewhere. Pass a function if the token expires: it is called again after a 401, and the
 * request is sent once more if the token has changed.
 * @throws {ConfigurationError} the token is empty or ends with a line break
 */
export function bearerToken(token: Secret): Auth {
  const secret = requireSecret('auth.token', token);
  return { kind: 'bearer', open: (context) => bearerAuthenticator('auth.token', secret, context) };
}

/** Sends a secret as `Bearer ...`. If the secret already begins with that word, the word is not repeated. */
export function bearerAuthenticator(field: string, secret: Secret, context: AuthContext): Authenticator {
  const token = secretReader(field, secret, context);
  return staticAuthenticator({
    clock: context.clock,
    isPassword: false,
    read: async () => {
      const value = headerToken(field, (await token()).trim().replace(/^(bearer\s+)+/i, ''));
      context.keepSecret(value);
      return `Bearer ${value}`;
    },
  });
}
