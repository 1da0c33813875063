import { advised } from '../auth/advised.ts';
import type { Auth, Secret } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { requestToken } from '../auth/token-request.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { requireText } from '../errors/require.ts';
import { clientParts, parseIdcsUrl, tokenUrlOf } from './identity-domain.ts';

export interface EpmJwtAssertionOptions {
  /** Address of the identity domain (IDCS), such as `https://idcs-0123456789abcdef.identity.oraclecloud.com`. */
  readonly idcsUrl: string;
  /** A confidential client with a certificate. */
  readonly clientId: string;
  readonly clientSecret: Secret;
  /**
   * A JWT that your code signs with the key of the certificate: `kid` is the alias of the certificate, `sub` the user.
   * It is valid for some minutes, so pass a function that signs a new one.
   */
  readonly assertion: Secret;
  /** `urn:opc:serviceInstanceID=<ID>urn:opc:resource:consumer::all`, with the id of the environment's application. */
  readonly scope: string;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * OAuth 2 with a JWT assertion: a service acts as a user without a person. There is no refresh token to keep. The
 * assertion is read again for each access token.
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/authentication_oath.html
 * @throws {ConfigurationError} a field is missing or unknown, or a secret is empty or ends with a line break
 */
export function epmJwtAssertion(options: EpmJwtAssertionOptions): Auth {
  checkLoginOptions(options, ['idcsUrl', 'clientId', 'clientSecret', 'assertion', 'scope']);
  const idcsUrl = parseIdcsUrl(options.idcsUrl);
  const clientId = requireText('auth.clientId', options.clientId);
  const clientSecret = requireSecret('auth.clientSecret', options.clientSecret);
  const assertion = requireSecret('auth.assertion', options.assertion);
  const scope = requireText('auth.scope', options.scope);
  return {
    kind: 'epm-jwt-assertion',
    open: (context) => {
      const readAssertion = secretReader('auth.assertion', assertion, context);
      const readSecret = secretReader('auth.clientSecret', clientSecret, context);
      return tokenKeeper({
        clock: context.clock,
        secretsAlwaysDiffer: typeof assertion === 'function',
        readSecrets: async () => [await readAssertion(), await readSecret()],
        login: ([jwt = '', secret = '']) => {
          const { headers } = clientParts(clientId, secret, context);
          const fields = { grant_type: JWT_BEARER, assertion: jwt, scope };
          return advised(requestToken({ url: tokenUrlOf(idcsUrl), headers, fields }, context), ({ errors }) => ({
            reason: errors.some(({ code }) => code === 'invalid_client') ? 'client-refused' : 'login-needed',
            advice:
              'Check that the certificate with this `kid` is imported in the client, that `sub` is a user of the environment, and that the clock of this machine is right. An assertion lives for some minutes: pass a function that signs a new one.',
          }));
        },
      });
    },
  };
}
