import type { VendorError } from '../errors/api-error.ts';
import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import * as z from '../schema/schema.ts';
import type { AuthContext, TokenAnswer } from './auth.ts';
import { headerToken } from './check-secret.ts';
import type { IssuedToken } from './token-keeper.ts';

export interface TokenForm {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** `grant_type` and the other fields of the form. */
  readonly fields: Readonly<Record<string, string>>;
  /** Whether it sends something that works once, such as a passcode. @default false */
  readonly isOnce?: boolean | undefined;
  /**
   * Reads the refusal from a 4xx of the token endpoint. Returns undefined if something else, such as a proxy, has
   * answered.
   * @default `error` and `error_description` of OAuth
   */
  readonly refusalOf?: (answer: TokenAnswer) => VendorError | undefined;
}

const TokenSchema = z.looseObject({
  // A token must be fit to be sent in a header.
  access_token: z.where(z.string(), (token) => /^\s*[\x21-\x7e]+\s*$/.test(token), 'is no token'),
  refresh_token: z.nullish(z.string()),
  expires_in: z.nullish(z.number()),
});

/** A form that was sent, and its answer. */
export interface SentForm {
  readonly answer: TokenAnswer;
  /** When it was sent, in milliseconds since the epoch. */
  readonly requestedAt: number;
}

/**
 * Asks a token endpoint for a token.
 * @throws {AuthenticationError} the token endpoint refuses the credentials
 * @throws {UnexpectedResponseError} a 4xx that is not from the token endpoint, or an answer without a token;
 *   neither says anything about the credentials
 * @throws {RateLimitError} | {ServerError} | {ConnectionError} | {RequestTimeoutError}
 */
export async function requestToken(form: TokenForm, context: AuthContext): Promise<IssuedToken> {
  return tokenOf(await sendTokenForm(form, context), form, context);
}

/** Sends a form, and leaves it to the caller to read the answer. */
export async function sendTokenForm(form: TokenForm, context: AuthContext): Promise<SentForm> {
  // The life of the token begins before the answer arrives, and the answer may be slow.
  const requestedAt = context.clock.now();
  const answer = await context.send({
    url: form.url,
    method: 'POST',
    headers: { ...form.headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form.fields).toString(),
    grant: form.fields.grant_type ?? '',
    isOnce: form.isOnce,
  });
  return { answer, requestedAt };
}

/** Reads the token of an answer. @throws the errors of `requestToken` */
export function tokenOf(
  { answer, requestedAt }: SentForm,
  { refusalOf = oauthRefusal }: Pick<TokenForm, 'refusalOf'>,
  context: AuthContext,
): IssuedToken {
  const { status } = answer;
  if (status >= 400) throw refusalError(answer, refusalOf(answer));
  const token = z.safeParse(TokenSchema, answer.body);
  if (status < 200 || status >= 300 || !token.success) {
    throw new UnexpectedResponseError('The answer of the token endpoint holds no token.', { status });
  }
  const accessToken = headerToken('access_token', token.data.access_token);
  context.keepSecret(accessToken, 'issued');
  if (token.data.refresh_token) context.keepSecret(token.data.refresh_token, 'issued');
  return {
    accessToken,
    refreshToken: token.data.refresh_token ?? undefined,
    expiresIn: token.data.expires_in ?? undefined,
    requestedAt,
  };
}

/** The error of an answer of 400 or above. @param refusal what the token endpoint says in its own words, if it does */
export function refusalError({ status, retryAfterMs }: TokenAnswer, refusal: VendorError | undefined): Error {
  const mayBeRefusal = status < 500 && status !== 408 && status !== 429;
  if (!mayBeRefusal) return apiErrorForStatus(`The token endpoint answered ${status}.`, { status, retryAfterMs });
  if (refusal) {
    return new AuthenticationError(`The token endpoint refused the credentials: ${refusal.message}`, {
      status,
      errors: [refusal],
    });
  }
  return new UnexpectedResponseError(
    `The token endpoint answered ${status} in a form that is not its own: a proxy or a firewall may have answered instead.`,
    { status },
  );
}

const RefusalSchema = z.looseObject({
  error: z.string(),
  error_description: z.nullish(z.string()),
  status: z.nullish(z.unknown()),
});

/** OAuth error codes that say nothing about the credentials. */
const TEMPORARY = ['temporarily_unavailable', 'server_error', 'slow_down', 'authorization_pending'];

/**
 * The refusal of an OAuth server: `error` is a code such as `invalid_grant`, or there is a description. The answer of a
 * gateway looks different: `{"status":401,"error":"Unauthorized"}`.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function oauthRefusal({ body }: TokenAnswer): VendorError | undefined {
  const said = z.safeParse(RefusalSchema, body);
  if (!said.success || typeof said.data.status === 'number') return undefined;
  const { error, error_description: description } = said.data;
  const isOwnWord = /^[a-z]+(_[a-z]+)*$/.test(error) || Boolean(description);
  return isOwnWord && !TEMPORARY.includes(error) ? { message: description || error, code: error } : undefined;
}
