import type { Auth, AuthContext, TokenAnswer } from '../auth/auth.ts';
import { tokenKeeper } from '../auth/token-keeper.ts';
import { oauthRefusal, requestToken } from '../auth/token-request.ts';
import type { VendorError } from '../errors/api-error.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import * as z from '../schema/schema.ts';

/** A grant of the token endpoint. The version of the API is that of the client. */
export interface Grant {
  readonly kind: string;
  /** Its maker, for messages. */
  readonly maker: string;
  /** The user name, if it is known. */
  readonly account?: string;
  /** Reads the secret of the login. */
  readonly readSecret: (context: AuthContext) => () => Promise<string>;
  /** The fields of the login. */
  readonly fields: (secret: string) => Readonly<Record<string, string>>;
  /** Refuses a client that cannot log in so. @throws {ConfigurationError} */
  readonly check?: (tokenPath: string) => void;
}

/** A login with one grant. Tokens rotate: each refresh answers a new pair (VM-26). */
export function loginWith({ kind, maker, account, readSecret, fields, check }: Grant): Auth {
  return {
    kind,
    ...(account === undefined ? {} : { account }),
    open: (context) => {
      const { tokenPath } = context;
      if (tokenPath === undefined) throw new ConfigurationError('auth', `${maker} fits the Veeam clients only.`);
      check?.(tokenPath);
      const grant = (sent: Readonly<Record<string, string>>) => askForToken(context, tokenPath, sent);
      const read = readSecret(context);
      return tokenKeeper({
        clock: context.clock,
        readSecrets: async () => [await read()],
        login: ([secret = '']) => grant(fields(secret)),
        refresh: (refreshToken) => grant({ grant_type: 'refresh_token', refresh_token: refreshToken }),
      });
    },
  };
}

async function askForToken(context: AuthContext, tokenPath: string, sent: Readonly<Record<string, string>>) {
  const url = `${context.baseUrl}${tokenPath}`;
  const fields = { ...sent, ...context.tokenFields?.() };
  try {
    return await requestToken({ url, fields, refusalOf }, context).catch((error: unknown) => {
      const isAsked = AuthenticationError.isInstance(error) && ANTIFORGERY.test(error.message);
      if (!isAsked || 'disable_antiforgery_token' in fields || tokenPath.startsWith('/v5/')) throw error;
      return requestToken({ url, fields: { ...fields, ...WITHOUT_COOKIES }, refusalOf }, context);
    });
  } catch (error) {
    if (!UnexpectedResponseError.isInstance(error) || error.status !== 404) throw error;
    // Not `NotFoundError`, which would say of whatever was asked for that it does not exist.
    throw new UnexpectedResponseError(
      `${tokenPath} answered 404: the server does not serve this version of its REST API (VM-5), or its REST service is elsewhere.`,
      { status: 404 },
    );
  }
}

/** How an answer names the cookies that it misses (VM-27). The exact text is not documented. */
export const ANTIFORGERY: RegExp = /anti-?forgery/i;

/** A client that is no browser takes no such cookies. */
export const WITHOUT_COOKIES: Readonly<Record<string, string>> = { disable_antiforgery_token: 'true' };

const MessageSchema = z.looseObject({
  message: z.nullish(z.string()),
  Message: z.nullish(z.string()),
  status: z.nullish(z.unknown()),
});

/** The server words a wrong password as OAuth does, or as its other errors (VM-25). */
function refusalOf(answer: TokenAnswer): VendorError | undefined {
  const said = oauthRefusal(answer);
  if (said || (answer.status !== 400 && answer.status !== 401)) return said;
  const { data } = z.safeParse(MessageSchema, answer.body);
  const message = data?.message || data?.Message;
  return message && typeof data?.status !== 'number' ? { message } : undefined;
}
