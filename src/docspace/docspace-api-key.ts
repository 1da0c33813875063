import type { Auth, Secret } from '../auth/auth.ts';
import { bearerAuthenticator } from '../auth/bearer-token.ts';
import { requireSecret } from '../auth/check-secret.ts';

/**
 * A DocSpace API key, `sk-...`. It is sent as `Authorization: Bearer sk-...`, the only form that the server reads. A
 * key that already begins with `Bearer ` is accepted (DS-16). After a restore of its portal a key is no longer valid
 * (DS-13).
 * @see https://api.onlyoffice.com/docspace/api-backend/get-started/authentication/api-keys
 * @throws {ConfigurationError} the key is empty or ends with a line break
 */
export function docspaceApiKey(key: Secret): Auth {
  const secret = requireSecret('auth.key', key);
  return { kind: 'docspace-api-key', open: (context) => bearerAuthenticator('auth.key', secret, context) };
}
