import { asSentence } from '../auth/advised.ts';
import type { Auth, AuthContext, Secret, TokenAnswer } from '../auth/auth.ts';
import { headerToken, requireSecret } from '../auth/check-secret.ts';
import { loginPauseLeft } from '../auth/login-pause.ts';
import { oneTimeSecret } from '../auth/one-time-secret.ts';
import { secretReader } from '../auth/secret-reader.ts';
import { type IssuedToken, tokenKeeper } from '../auth/token-keeper.ts';
import { refusalError } from '../auth/token-request.ts';
import { checkLoginOptions } from '../client/login-options.ts';
import { AuthenticationError, type AuthenticationReason } from '../errors/authentication-error.ts';
import { requireText } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { isFields } from '../http/error-body.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { parseErrorBody } from './traits.ts';

/** The second factor that the portal asks for. */
export interface DocSpaceSecondFactor {
  /** 'app': a code of an authenticator app; 'sms': a code that the portal has just sent. */
  readonly kind: 'app' | 'sms';
  /** The phone that the code was sent to, as the portal shows it: most digits are hidden. */
  readonly phone?: string;
  /** When a code that was sent ends. */
  readonly expiresAt?: Date;
}

export interface DocSpacePasswordOptions {
  /** The e-mail address of the user. */
  readonly username: string;
  readonly password: Secret;
  /**
   * The code of the second factor, or a function that returns it, for users that need one. A code is sent once. A function
   * is called for each login, and knows what the portal asks for.
   */
  readonly secondFactor?: string | ((needed: DocSpaceSecondFactor) => string | Promise<string>) | undefined;
}

const PATH = '/api/2.0/authentication';
const NEW_CODE =
  'Pass `secondFactor` as a function, which is asked for a new code at each login. A code of an app changes every 30 s.';

const AnswerSchema = z.looseObject({
  response: z.looseObject({
    token: z.nullish(z.string()),
    expires: z.nullish(z.string()),
    sms: z.nullish(z.boolean()),
    tfa: z.nullish(z.boolean()),
    phoneNoise: z.nullish(z.string()),
    tfaKey: z.nullish(z.string()),
    confirmUrl: z.nullish(z.string()),
  }),
});
type LoginAnswer = z.Output<typeof AnswerSchema>['response'];

/**
 * Logs in with e-mail address and password, and with a second factor if the portal asks for one. The token is held in
 * memory, and a new login is made when it ends. After a restore of the portal no old password works (DS-13), and during
 * it no login is answered (DS-12).
 *
 * @example
 * docspacePassword({
 *   username: 'owner@example.com',
 *   password: secretFromEnv('DOCSPACE_PASSWORD'),
 *   secondFactor: ({ kind }) => askOnTheTerminal(`Code of the ${kind}: `),
 * });
 *
 * @see https://api.onlyoffice.com/docspace/api-backend/samples/basic-samples/authentication
 * @throws {ConfigurationError} a field is missing or unknown, or a secret is empty or ends with a line break
 */
export function docspacePassword(options: DocSpacePasswordOptions): Auth {
  checkLoginOptions(options, ['username', 'password', 'secondFactor']);
  const userName = requireText('auth.username', options.username);
  const password = requireSecret('auth.password', options.password);
  const { secondFactor } = options;
  if (secondFactor !== undefined) requireSecret('auth.secondFactor', secondFactor);
  const usedCodes = new Set<string>();
  return {
    kind: 'docspace-password',
    account: userName,
    open: (context) => {
      const { clock } = context;
      const readPassword = secretReader('auth.password', password, context);
      const sendCode = codeSender(userName, secondFactor, usedCodes, context);
      let failed: { readonly error: unknown; readonly at: number } | undefined;
      return tokenKeeper({
        clock,
        readSecrets: async () => [await readPassword()],
        login: async ([secret = '']) => {
          // Each login with the password may send a message to a phone.
          if (failed && loginPauseLeft(failed.at, clock.now()) > 0) throw failed.error;
          sendCode.requireUnused();
          const first = await ask(PATH, { userName, password: secret }, context);
          if (first.token) return issued(first, context);
          const needed = neededOf(first);
          try {
            return issued(await sendCode(needed, secret), context);
          } catch (error) {
            if (!AuthenticationError.isInstance(error)) failed = { error, at: clock.now() };
            throw error;
          }
        },
      });
    },
  };
}

type CodeSender = ((needed: DocSpaceSecondFactor, password: string) => Promise<LoginAnswer>) & {
  /** Before the password is sent: a code that was sent before would be of no use. */
  requireUnused(): void;
};

/** Asks for the code of the second factor and sends it. */
function codeSender(
  userName: string,
  secondFactor: DocSpacePasswordOptions['secondFactor'],
  used: Set<string>,
  context: AuthContext,
): CodeSender {
  let needed: DocSpaceSecondFactor = { kind: 'app' };
  const code = oneTimeSecret(
    {
      field: 'auth.secondFactor',
      secret: typeof secondFactor === 'function' ? () => secondFactor(needed) : (secondFactor ?? ''),
      used,
      advice: NEW_CODE,
    },
    context,
  );
  const send = async (asked: DocSpaceSecondFactor, password: string): Promise<LoginAnswer> => {
    if (secondFactor === undefined) {
      const how =
        asked.kind === 'app' ? 'the code of an authenticator app' : `the code that was sent to ${asked.phone}`;
      throw refused(
        `The password is right, and the portal asks for a second factor: ${how}. ${NEW_CODE}`,
        'code-needed',
      );
    }
    needed = asked;
    const value = (await code.read()).trim();
    const body = { userName, password, code: value };
    try {
      return await code.spend(value, () =>
        ask(`${PATH}/${encodeURIComponent(value)}`, body, context, { isOnce: true }),
      );
    } catch (error) {
      if (!AuthenticationError.isInstance(error) || error.reason === 'code-used') throw error;
      throw new AuthenticationError(`${asSentence(error.message)} It is the code that was refused. ${NEW_CODE}`, {
        ...error,
        reason: 'code-refused',
      });
    }
  };
  return Object.assign(send, {
    requireUnused: () => {
      if (typeof secondFactor === 'string') code.requireUnused(secondFactor);
    },
  });
}

/** Sends one step of a login. */
async function ask(
  path: string,
  body: object,
  context: AuthContext,
  { isOnce = false }: { readonly isOnce?: boolean } = {},
): Promise<LoginAnswer> {
  const answer = await context.send({
    url: `${context.baseUrl}${path}`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    grant: 'password',
    isOnce,
  });
  const { status } = answer;
  if (status >= 400) throw errorOf(answer);
  const { data } = z.safeParse(AnswerSchema, answer.body);
  if (status >= 300 || !data)
    throw new UnexpectedResponseError('The portal’s answer to a login has another form.', { status });
  const { tfaKey, confirmUrl } = data.response;
  for (const secret of [tfaKey, confirmUrl]) if (secret) context.keepSecret(secret, 'issued');
  return data.response;
}

/** A refusal is an exception in the server's envelope. While the portal is being restored, a filter answers 403. */
function errorOf(answer: TokenAnswer): Error {
  const { status, body } = answer;
  const isException = isFields(body) && isFields(body.error);
  const said = isException ? parseErrorBody(body)?.errors[0] : undefined;
  const error = refusalError(answer, said);
  if (!AuthenticationError.isInstance(error)) {
    return status === 403
      ? new UnexpectedResponseError(
          'The portal answered 403 to a login, and not in the form of a refusal. It does so while it is being restored.',
          { status },
        )
      : error;
  }
  const advice =
    status === 401 || status === 404
      ? 'After a restore of the portal all passwords are invalid: use the link in the mail about it to set a new one.'
      : 'The portal refuses logins for some time after several wrong ones.';
  return new AuthenticationError(`${asSentence(error.message)} ${advice}`, { ...error });
}

/** @throws {AuthenticationError} the account has no second factor yet, which only a browser can change */
function neededOf({ tfa, sms, phoneNoise, tfaKey, expires }: LoginAnswer): DocSpaceSecondFactor {
  const setUp = (what: string) =>
    refused(
      `The password is right, and the portal asks for a second factor, but ${what}. Log in once in a browser to set it up.`,
      'code-needed',
    );
  if (sms) {
    if (!phoneNoise) throw setUp('the account has no confirmed phone');
    const ends = Date.parse(expires ?? '');
    return {
      kind: 'sms',
      phone: phoneNoise,
      ...omitUndefined({ expiresAt: Number.isNaN(ends) ? undefined : new Date(ends) }),
    };
  }
  if (!tfa)
    throw new UnexpectedResponseError('The portal’s answer to a login holds neither a token nor a second factor.', {
      status: 200,
    });
  if (tfaKey) throw setUp('the account has no authenticator app');
  return { kind: 'app' };
}

function issued({ token, expires }: LoginAnswer, context: AuthContext): IssuedToken {
  if (!token) {
    throw new UnexpectedResponseError('The portal’s answer to the code of a second factor holds no token.', {
      status: 200,
    });
  }
  const now = context.clock.now();
  const accessToken = headerToken('token', token);
  context.keepSecret(accessToken, 'issued');
  const ends = Date.parse(expires ?? '');
  const expiresIn = ends > now ? (ends - now) / 1_000 : undefined;
  return { accessToken, refreshToken: undefined, expiresIn, requestedAt: now };
}

function refused(message: string, reason: AuthenticationReason): AuthenticationError {
  return new AuthenticationError(message, { status: 401, reason });
}
