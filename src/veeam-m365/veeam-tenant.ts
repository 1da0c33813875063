import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { loginWith } from './token-grants.ts';

export interface VeeamTenantOptions {
  /** The id of the tenant at Microsoft. */
  readonly tenantId: string;
  /**
   * The whole answer of Microsoft's token endpoint, as JSON text: not the access token alone. It lives for about an hour, so
   * a function that gets a new one is asked again when a login is due.
   */
  readonly microsoftToken: Secret;
}

/**
 * The login of a tenant with a sign-in at Microsoft, grant `jwt-bearer`. The version of the REST API is that of the client.
 * @see https://helpcenter.veeam.com/archive/vbo365/50/rest/authorization_restore_modern.html
 * @example
 * const answer = await fetch(`https://login.microsoftonline.com/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body });
 * const auth = veeamTenant({ tenantId, microsoftToken: await answer.text() });
 * @throws {ConfigurationError} a field is missing, or `microsoftToken` is no such answer
 */
export function veeamTenant(options: VeeamTenantOptions): Auth {
  const tenantId = requireText('auth.tenantId', options?.tenantId);
  const token = requireSecret('auth.microsoftToken', options.microsoftToken);
  if (typeof token === 'string') checkAnswer(token);
  return loginWith({
    kind: 'veeam-tenant',
    maker: 'veeamTenant',
    readSecret: (context) => secretReader('auth.microsoftToken', token, context),
    fields: (assertion) => {
      checkAnswer(assertion);
      return { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: tenantId, assertion };
    },
  });
}

/** @throws {ConfigurationError} never shows the value */
function checkAnswer(text: string): void {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    answer = undefined;
  }
  if (isObject(answer) && textOf(answer.access_token) !== undefined) return;
  throw new ConfigurationError(
    'auth.microsoftToken',
    "must be the whole answer of Microsoft's token endpoint as JSON text, with its `access_token`; an access token alone is not taken.",
  );
}
