import type { Auth, Secret } from './auth.ts';
import { headerToken, readSecret, requireSecret } from './read-secret.ts';
import { staticAuthenticator } from './static-authenticator.ts';

/**
 * A DocSpace API key, `sk-...`. It is sent as `Authorization: Bearer sk-...`, the only form that the server reads; a
 * `Bearer ` that is already there is dropped (DS-16). No key survives a restore of its portal (DS-13).
 * @see https://api.onlyoffice.com/docspace/api-backend/get-started/authentication/api-keys
 * @throws {ConfigurationError} the key is empty
 */
export function docspaceApiKey(key: Secret): Auth {
  const secret = requireSecret('auth.key', key);
  return {
    kind: 'docspace-api-key',
    open: (context) =>
      staticAuthenticator(async () => {
        const read = await readSecret('auth.key', secret, context);
        const value = headerToken('auth.key', read.trim().replace(/^(bearer\s+)+/i, ''));
        context.keepSecret(value);
        return `Bearer ${value}`;
      }),
  };
}
