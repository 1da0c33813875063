import type { AuthKind } from '../auth/auth.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { defaultPollVerdict, type PollVerdict } from '../operation/poll-verdict.ts';

/**
 * What a failed poll of a job means, by the error's `code`. The restore takes its own API down (OE-20), and replaces the
 * roles of whoever polls, maybe only for a while: 403 is an outage (OE-21). 401 comes here after a bearer token was asked
 * for again and had not changed, so it is final; a password is tried slowly, since more attempts could lock the account.
 * 404 is a job that was forgotten, or not known yet (OE-25).
 */
export function jobVerdict(auth: AuthKind): (error: unknown) => PollVerdict {
  const byCode: Readonly<Record<string, PollVerdict>> = {
    permission: 'outage',
    authentication: auth === 'basic' ? 'refused' : 'give-up',
    'not-found': 'absent',
  };
  return (error) => (RestoreKitError.isInstance(error) && byCode[error.code]) || defaultPollVerdict(error);
}

/** A 404 outside of a wait says that the call itself is not there (OE-25). */
export async function withAdvice<T>(call: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!NotFoundError.isInstance(error)) throw error;
    throw new NotFoundError(
      `This environment does not have the call to ${call}: its release is older than the call, or \`baseUrl\` does not lead to the environment. ${error.message}`,
      error,
    );
  }
}
