import { apiErrorForStatus } from '../errors/api-error-for-status.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import * as z from '../schema/schema.ts';
import type { AuthContext, TokenAnswer } from './auth.ts';
import { headerToken } from './read-secret.ts';
import type { IssuedToken } from './token-keeper.ts';

const TokenSchema = z.looseObject({
  // What cannot stand in a header is no token.
  access_token: z.where(z.string(), (token) => /^\s*[\x21-\x7e]+\s*$/.test(token), 'is no token'),
  refresh_token: z.nullish(z.string()),
  expires_in: z.nullish(z.number()),
});

const RefusalSchema = z.looseObject({
  error: z.nullish(z.string()),
  error_description: z.nullish(z.string()),
  message: z.nullish(z.string()),
});

/**
 * Reads the answer of an OAuth token endpoint.
 * @throws {AuthenticationError} 400 or 401: the credentials were refused (VM-25)
 */
export function readTokenAnswer(answer: TokenAnswer, context: AuthContext): IssuedToken {
  const { status, retryAfterMs } = answer;
  if (status === 400 || status === 401) {
    const refusal = z.safeParse(RefusalSchema, answer.body).data ?? {};
    const text = refusal.error_description ?? refusal.message ?? refusal.error ?? 'no reason given';
    throw new AuthenticationError(`The token endpoint refused the credentials: ${text}`, {
      status,
      errors: [{ message: text, ...(refusal.error ? { code: refusal.error } : {}) }],
    });
  }
  if (status >= 400) {
    throw apiErrorForStatus(`The token endpoint answered ${status}.`, { status, retryAfterMs });
  }
  const token = z.safeParse(TokenSchema, answer.body);
  if (status < 200 || status >= 300 || !token.success) {
    throw new UnexpectedResponseError('The token endpoint answered no token.', { status });
  }
  const accessToken = headerToken('access_token', token.data.access_token);
  context.keepSecret(accessToken, 'issued');
  if (token.data.refresh_token) context.keepSecret(token.data.refresh_token, 'issued');
  return {
    accessToken,
    refreshToken: token.data.refresh_token ?? undefined,
    expiresIn: token.data.expires_in ?? undefined,
  };
}
