import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { loginWith } from './token-grants.ts';

export interface VeeamRestoreOperatorOptions {
  /** The id of the operator's user at Microsoft. */
  readonly userId: string;
  /** The id of the tenant at Microsoft. */
  readonly tenantId: string;
  /** The access token of Microsoft alone. It lives for about an hour: a function is asked again when a login is due. */
  readonly accessToken: Secret;
}

/**
 * The login of a restore operator with a sign-in at Microsoft, grant `operator`. Since v6. The version of the REST API is that
 * of the client.
 * @see https://helpcenter.veeam.com/docs/vbo365/rest/authorization.html
 * @throws {ConfigurationError} a field is missing, `accessToken` is JSON, or the client speaks v5
 */
export function veeamRestoreOperator(options: VeeamRestoreOperatorOptions): Auth {
  const userId = requireText('auth.userId', options?.userId);
  const tenantId = requireText('auth.tenantId', options.tenantId);
  const token = requireSecret('auth.accessToken', options.accessToken);
  if (typeof token === 'string') checkToken(token);
  return loginWith({
    kind: 'veeam-restore-operator',
    maker: 'veeamRestoreOperator',
    readSecret: (context) => secretReader('auth.accessToken', token, context),
    fields: (assertion) => {
      checkToken(assertion);
      return { grant_type: 'operator', client_id: `${userId}.${tenantId}`, assertion };
    },
    check: (tokenPath) => {
      if (!tokenPath.startsWith('/v5/')) return;
      throw new ConfigurationError(
        'auth',
        'veeamRestoreOperator exists since v6 of the REST API; this client speaks v5.',
      );
    },
  });
}

/** @throws {ConfigurationError} never shows the value */
function checkToken(token: string): void {
  if (!token.trim().startsWith('{')) return;
  throw new ConfigurationError('auth.accessToken', 'is JSON. Give its `access_token` alone.');
}
