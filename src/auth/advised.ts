import { AuthenticationError, type AuthenticationReason } from '../errors/authentication-error.ts';

/** What to do about a refusal of a token endpoint. */
export interface LoginAdvice {
  readonly reason: AuthenticationReason;
  readonly advice: string;
}

/**
 * Runs a login. If the token endpoint refuses it, the error also says what to do.
 * @param adviceOn reads the refusal; undefined leaves the error as it is
 */
export async function advised<T>(
  login: Promise<T>,
  adviceOn: (error: AuthenticationError) => LoginAdvice | undefined,
): Promise<T> {
  try {
    return await login;
  } catch (error) {
    if (!AuthenticationError.isInstance(error)) throw error;
    const found = adviceOn(error);
    throw found ? withAdvice(error, found) : error;
  }
}

function withAdvice(error: AuthenticationError, { reason, advice }: LoginAdvice): AuthenticationError {
  return new AuthenticationError(`${asSentence(error.message)} ${advice}`, { ...error, reason });
}

export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
