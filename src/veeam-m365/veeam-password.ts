import type { Auth, Secret, TokenAnswer } from '../auth/auth.ts';
import { requireSecret } from '../auth/check-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { oauthRefusal, requestToken } from '../auth/token-request.ts';
import type { VendorError } from '../errors/api-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import * as z from '../schema/schema.ts';

export interface VeeamPasswordOptions {
  /** `DOMAIN\user`, or a local Windows user of the server. */
  readonly username: string;
  readonly password: Secret;
}

/**
 * The password grant of Veeam Backup for Microsoft 365. Tokens rotate: each refresh answers a new pair (VM-26).
 * @see https://helpcenter.veeam.com/docs/vbo365/rest/authorization.html
 * @throws {ConfigurationError} a field is missing, or the password ends with a line break
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
        try {
          return await requestToken({ url, fields, refusalOf }, context);
        } catch (error) {
          if (!UnexpectedResponseError.isInstance(error) || error.status !== 404) throw error;
          // Not `NotFoundError`, which would say of whatever was asked for that it does not exist.
          throw new UnexpectedResponseError(
            `${context.tokenPath} answered 404: the server does not serve this version of its REST API (VM-5), or its REST service is elsewhere.`,
            { status: 404 },
          );
        }
      };
      const readPassword = secretReader('auth.password', password, context);
      return tokenKeeper({
        clock: context.clock,
        readSecrets: async () => [await readPassword()],
        login: ([secret = '']) => grant({ grant_type: 'password', username, password: secret }),
        refresh: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      });
    },
  };
}

const MessageSchema = z.looseObject({ message: z.string(), status: z.nullish(z.unknown()) });

/** The server words a wrong password as OAuth does, or as its other errors (VM-25). */
function refusalOf(answer: TokenAnswer): VendorError | undefined {
  const said = oauthRefusal(answer);
  if (said || (answer.status !== 400 && answer.status !== 401)) return said;
  const { data } = z.safeParse(MessageSchema, answer.body);
  return data && data.message !== '' && typeof data.status !== 'number' ? { message: data.message } : undefined;
}
