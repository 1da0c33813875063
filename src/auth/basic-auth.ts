import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import type { Auth, Secret } from './auth.ts';
import { base64 } from './base64.ts';
import { readSecret, requireSecret } from './read-secret.ts';
import { staticAuthenticator } from './static-authenticator.ts';

export interface BasicAuthOptions {
  /** Oracle EPM: `identitydomain.username`, or the plain user name on OCI Gen 2. */
  readonly username: string;
  readonly password: Secret;
}

/**
 * HTTP Basic, sent with every request without waiting for a challenge.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/authentication_overview.html
 * @throws {ConfigurationError} a field is missing, or the user name holds a colon
 */
export function basicAuth(options: BasicAuthOptions): Auth {
  const username = requireText('auth.username', options?.username);
  if (username.includes(':')) throw new ConfigurationError('auth.username', 'must not hold a colon.');
  const secret = requireSecret('auth.password', options.password);
  return {
    kind: 'basic',
    open: (context) =>
      staticAuthenticator(async () => {
        const value = base64(`${username}:${await readSecret('auth.password', secret, context)}`);
        context.keepSecret(value);
        return `Basic ${value}`;
      }),
  };
}
