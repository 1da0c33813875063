import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Auth, Secret } from './auth.ts';
import { readSecret, requireSecret } from './read-secret.ts';
import { readTokenAnswer } from './token-answer.ts';
import { tokenKeeper } from './token-keeper.ts';

export interface VeeamPasswordOptions {
  /** `DOMAIN\user`, or a local Windows user of the server. */
  readonly username: string;
  readonly password: Secret;
}

/**
 * The password grant of Veeam Backup for Microsoft 365. Tokens rotate: each refresh answers a new pair (VM-26).
 * @see https://helpcenter.veeam.com/docs/vbo365/rest/authorization.html
 * @throws {ConfigurationError} a field is missing
 */
export function veeamPassword(options: VeeamPasswordOptions): Auth {
  const username = requireText('auth.username', options?.username);
  const password = requireSecret('auth.password', options.password);
  return {
    kind: 'veeam-password',
    account: username,
    open: (context) => {
      if (context.tokenPath === undefined) {
        throw new ConfigurationError('auth', 'veeamPassword fits the Veeam clients only.');
      }
      const url = `${context.baseUrl}${context.tokenPath}`;
      const grant = async (fields: Record<string, string>) => {
        const answer = await context.send({
          url,
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(fields).toString(),
          grant: fields.grant_type ?? '',
        });
        if (answer.status === 404) {
          // Not `NotFoundError`, which would say of whatever was asked for that it does not exist.
          throw new UnexpectedResponseError(
            `${context.tokenPath} answered 404: the server does not serve this version of its REST API (VM-5), or its REST service is elsewhere.`,
            { status: 404 },
          );
        }
        return readTokenAnswer(answer, context);
      };
      return tokenKeeper({
        clock: context.clock,
        readSecrets: async () => [await readSecret('auth.password', password, context)],
        login: ([secret = '']) => grant({ grant_type: 'password', username, password: secret }),
        refresh: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      });
    },
  };
}
