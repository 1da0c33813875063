import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireFields, requireText } from '../errors/require.ts';
import type { Auth, Secret } from './auth.ts';
import { base64 } from './base64.ts';
import { requireSecret } from './check-secret.ts';
import { secretReader } from './secret-reader.ts';
import { staticAuthenticator } from './static-authenticator.ts';

export interface BasicAuthOptions {
  /** The plain name of the user, as it is typed at a login. */
  readonly username: string;
  readonly password: Secret;
}

/**
 * HTTP Basic, sent with every request without waiting for a challenge. After two refusals in a row, the same password
 * is sent at most once in five minutes, so that the account is not locked.
 * @see https://www.rfc-editor.org/rfc/rfc7617
 * @throws {ConfigurationError} a field is missing, the user name holds a colon, or the password is empty or ends
 *   with a line break
 */
export function basicAuth(options: BasicAuthOptions): Auth {
  requireFields('auth', options, '{ username, password }');
  refuseUnknown(options, ['username', 'password']);
  const username = requireText('auth.username', options.username);
  if (username.includes(':')) throw new ConfigurationError('auth.username', 'must not hold a colon.');
  const secret = requireSecret('auth.password', options.password);
  return {
    kind: 'basic',
    account: username,
    open: (context) => {
      const password = secretReader('auth.password', secret, context);
      return staticAuthenticator({
        clock: context.clock,
        isPassword: true,
        read: async () => {
          const value = base64(`${username}:${await password()}`);
          context.keepSecret(value);
          return `Basic ${value}`;
        },
      });
    },
  };
}
