import type { Auth, Secret } from './auth.ts';
import { headerToken, readSecret, requireSecret } from './read-secret.ts';
import { staticAuthenticator } from './static-authenticator.ts';

/**
 * A token that somebody else has issued. Give a function for a token that expires: it is asked again after a 401, and
 * the request is sent once more if the token has changed.
 * @throws {ConfigurationError} the token is empty
 */
export function bearerToken(token: Secret): Auth {
  const secret = requireSecret('auth.token', token);
  return {
    kind: 'bearer',
    open: (context) =>
      staticAuthenticator(async () => {
        const read = await readSecret('auth.token', secret, context);
        const value = headerToken('auth.token', read.trim().replace(/^bearer\s+/i, ''));
        context.keepSecret(value);
        return `Bearer ${value}`;
      }),
  };
}
