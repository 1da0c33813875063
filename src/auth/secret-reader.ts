import { ConfigurationError } from '../errors/configuration-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import type { AuthContext, Secret } from './auth.ts';
import { type SecretRules, secretFault } from './check-secret.ts';
import { foreignError } from './foreign-error.ts';
import { loginPauseLeft } from './login-pause.ts';

type ReadContext = Pick<AuthContext, 'keepSecret'> & Partial<Pick<AuthContext, 'redact'>>;

/**
 * Reads the secret now and registers it with the redactor.
 * @throws {ConfigurationError} the function returns no secret
 * @throws {ConnectionError} the function throws; its error is the cause, and nothing was sent
 */
export async function readSecret(
  field: string,
  secret: Secret,
  context: ReadContext,
  rules: SecretRules = {},
): Promise<string> {
  if (typeof secret === 'string') {
    context.keepSecret(secret);
    return secret;
  }
  let value: unknown;
  try {
    value = await secret();
  } catch (error) {
    if (ConfigurationError.isInstance(error)) throw error;
    // A vault that is down says nothing about the credentials, so this counts as a failed connection.
    throw notReadable(field, foreignError(error, context.redact ?? ((text) => text)));
  }
  const fault = secretFault(value, rules);
  if (fault !== undefined) throw new ConfigurationError(field, `the result of the function ${fault}`);
  context.keepSecret(value as string);
  return value as string;
}

/**
 * Reads one secret each time it is needed. A function that fails is not called again for five minutes. If a function
 * returned a secret before and now returns none, it counts as failed too: the file that it reads may be in the middle
 * of being replaced.
 */
export function secretReader(
  field: string,
  secret: Secret,
  context: Pick<AuthContext, 'keepSecret' | 'redact' | 'clock'>,
  rules: SecretRules = {},
): () => Promise<string> {
  const { clock } = context;
  let hasAnswered = false;
  let failed: { readonly at: number; readonly cause: Error } | undefined;
  return async () => {
    const pauseMs = failed ? loginPauseLeft(failed.at, clock.now()) : 0;
    if (failed && pauseMs > 0) throw notReadable(field, failed.cause, pauseMs);
    try {
      const value = await readSecret(field, secret, context, rules);
      hasAnswered = true;
      failed = undefined;
      return value;
    } catch (error) {
      if (!(error instanceof Error) || (ConfigurationError.isInstance(error) && !hasAnswered)) throw error;
      const cause = ConnectionError.isInstance(error) && error.cause instanceof Error ? error.cause : error;
      failed = { at: clock.now(), cause };
      throw notReadable(field, cause, loginPauseLeft(failed.at, clock.now()));
    }
  };
}

function notReadable(field: string, cause: Error, pauseMs?: number): ConnectionError {
  const next = pauseMs === undefined ? '' : ` It is called again in ${Math.ceil(pauseMs / 1_000)} s at the earliest.`;
  const code: unknown = Reflect.get(cause, 'code');
  return new ConnectionError(
    `The secret function of \`${field}\` failed, so nothing was sent: ${cause.name}: ${cause.message}${next}`,
    { sent: 'no', reason: typeof code === 'string' ? code : undefined, cause },
  );
}
