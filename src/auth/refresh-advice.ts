import type { AuthenticationError } from '../errors/authentication-error.ts';
import type { LoginAdvice } from './advised.ts';

const FINAL: readonly unknown[] = ['token-consumed', 'token-expired', 'token-revoked', 'login-needed'];

/** Whether a refusal means that the refresh token never works again. It is a refusal that `adviceOnRefresh` has read. */
export function isRefreshTokenDead(error: AuthenticationError): boolean {
  return FINAL.includes(error.reason);
}

/** What a refusal of the OAuth client means; undefined if the client is not the reason. */
export function adviceOnClient({ errors }: AuthenticationError): LoginAdvice | undefined {
  const code = errors[0]?.code ?? '';
  if (code === 'invalid_client') {
    return {
      reason: 'client-refused',
      advice: 'Check `clientId`, and `clientSecret`: a confidential client needs it, and a public client has none.',
    };
  }
  if (/^(unauthorized_client|unsupported_grant_type|invalid_scope)$/.test(code)) {
    return {
      reason: 'client-not-allowed',
      advice: 'Allow the grant type Refresh Token and the scope in the registration of the OAuth client.',
    };
  }
  return undefined;
}

/**
 * What the refusal of a refresh means, by the words of OAuth and of the usual servers. undefined if it does not say that
 * the client or the refresh token is the reason: then the same token is tried again later.
 */
export function adviceOnRefresh(error: AuthenticationError): LoginAdvice | undefined {
  const ofClient = adviceOnClient(error);
  if (ofClient) return ofClient;
  const [{ code = '', message: said = '' } = { code: '', message: '' }] = error.errors;
  if (/consumed|already\b.*\bused|reuse/i.test(said)) {
    return {
      reason: 'token-consumed',
      advice:
        'It works once. Who else uses it? Let all processes and scripts with this login share one token store, and keep no copy of the token elsewhere.',
    };
  }
  if (code !== 'invalid_grant') return undefined;
  if (/revoked/i.test(said)) return { reason: 'token-revoked', advice: 'Somebody has ended this login.' };
  if (/expired/i.test(said)) return { reason: 'token-expired', advice: 'It was not refreshed for too long.' };
  return { reason: 'login-needed', advice: 'The refresh token does not work any more.' };
}
