import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireFields, requireText } from '../errors/require.ts';
import { loginWith } from './token-grants.ts';

export interface VeeamPasswordOptions {
  /** `DOMAIN\\user`, or a local Windows user of the server. */
  readonly username: string;
  readonly password: Secret;
}

/**
 * The password grant of Veeam Backup for Microsoft 365. Tokens rotate: each refresh answers a new pair (VM-26). The version of
 * the REST API is that of the client.
 * @see https://helpcenter.veeam.com/docs/vbo365/rest/authorization.html
 * @throws {ConfigurationError} a field is missing, or the password ends with a line break
 */
export function veeamPassword(options: VeeamPasswordOptions): Auth {
  requireFields('auth', options, '{ username, password }');
  refuseUnknown(options, ['username', 'password']);
  const username = requireText('auth.username', options.username);
  const password = requireSecret('auth.password', options.password);
  return loginWith({
    kind: 'veeam-password',
    maker: 'veeamPassword',
    account: username,
    readSecret: (context) => secretReader('auth.password', password, context),
    fields: (secret) => ({ grant_type: 'password', username, password: secret }),
  });
}
