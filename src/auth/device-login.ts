import { AuthenticationError } from '../errors/authentication-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { AuthContext } from './auth.ts';
import type { IssuedToken } from './token-keeper.ts';
import { oauthRefusal, refusalError, type SentForm, sendTokenForm, tokenOf } from './token-request.ts';

/** What a person needs to confirm a login in a browser. */
export interface DeviceCode {
  /** The code that the person types. */
  readonly userCode: string;
  /** The address that the person opens. */
  readonly verificationUri: string;
  /** The same address with the code in it, if the server has one. */
  readonly verificationUriComplete?: string;
  /** When the code ends, by the clock of this machine. */
  readonly expiresAt: Date;
}

export interface DeviceLoginOptions {
  readonly deviceUrl: string;
  readonly tokenUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The fields of the first request: the client and the scope. */
  readonly fields: Readonly<Record<string, string>>;
  /** The fields of each poll that name the client. */
  readonly client: Readonly<Record<string, string>>;
  readonly onCode: (code: DeviceCode) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
/** The default of RFC 8628, 3.2. */
const INTERVAL_S = 5;
const SLOW_DOWN_S = 5;
const LONGEST_INTERVAL_S = 60;
const LIFE_S = 300;
const START_AGAIN = 'Start the login again for a new code.';

const DeviceSchema = z.looseObject({
  device_code: z.string(),
  user_code: z.string(),
  verification_uri: z.string(),
  verification_uri_complete: z.nullish(z.string()),
  expires_in: z.nullish(z.number()),
  interval: z.nullish(z.number()),
});
const ErrorSchema = z.looseObject({ error: z.string() });

/**
 * Logs a person in who confirms a code in a browser, on this machine or another.
 * @see https://www.rfc-editor.org/rfc/rfc8628
 * @throws {AuthenticationError} refused; reason 'code-expired' or 'denied'
 */
export async function deviceLogin(options: DeviceLoginOptions, context: AuthContext): Promise<IssuedToken> {
  const { clock } = context;
  const { signal } = options;
  signal?.throwIfAborted();
  const askedAt = clock.now();
  const { deviceCode, shown, intervalS } = await askForCode(options, context);
  const expiresAt = shown.expiresAt.getTime();
  await options.onCode(shown);
  let pauseS = intervalS;
  for (let failures = 0; ; ) {
    await clock.sleep(Math.min(pauseS * 2 ** failures, LONGEST_INTERVAL_S) * 1_000, signal);
    if (clock.now() >= expiresAt) throw expired(Math.round((expiresAt - askedAt) / 1_000));
    const fields = { grant_type: DEVICE_CODE, device_code: deviceCode, ...options.client };
    try {
      const sent = await sendTokenForm(
        { url: options.tokenUrl, headers: options.headers, fields, isOnce: true },
        context,
      );
      const error = errorOf(sent);
      if (error === 'slow_down') pauseS += SLOW_DOWN_S;
      failures = 0;
      if (error === 'slow_down' || error === 'authorization_pending') continue;
      if (error === 'expired_token') throw expired(Math.round((expiresAt - askedAt) / 1_000));
      if (error === 'access_denied') {
        throw new AuthenticationError(`The login was denied in the browser. ${START_AGAIN}`, {
          status: sent.answer.status,
          reason: 'denied',
        });
      }
      return tokenOf(sent, {}, context);
    } catch (error) {
      // A failure of the network or of the server says nothing about the code.
      if (AuthenticationError.isInstance(error) || !RestoreKitError.isInstance(error)) throw error;
      const asked: unknown = Reflect.get(error, 'retryAfterMs');
      if (typeof asked === 'number') await clock.sleep(Math.min(asked, Math.max(0, expiresAt - clock.now())), signal);
      else failures = Math.min(failures + 1, 4);
    }
  }
}

async function askForCode(options: DeviceLoginOptions, context: AuthContext) {
  const { deviceUrl: url, headers, fields } = options;
  const sent = await sendTokenForm({ url, headers, fields }, context);
  const { answer } = sent;
  if (answer.status >= 400) throw refusalError(answer, oauthRefusal(answer));
  const { data } = z.safeParse(DeviceSchema, answer.body);
  if (answer.status >= 300 || !data) {
    throw new UnexpectedResponseError('The answer of the device endpoint holds no code.', {
      status: answer.status,
    });
  }
  context.keepSecret(data.device_code);
  const { interval } = data;
  const shown: DeviceCode = {
    userCode: data.user_code,
    verificationUri: data.verification_uri,
    ...omitUndefined({ verificationUriComplete: data.verification_uri_complete ?? undefined }),
    expiresAt: new Date(sent.requestedAt + (data.expires_in ?? LIFE_S) * 1_000),
  };
  const intervalS = interval && interval > 0 ? Math.min(interval, LONGEST_INTERVAL_S) : INTERVAL_S;
  return { deviceCode: data.device_code, shown, intervalS };
}

function errorOf({ answer }: SentForm): string | undefined {
  if (answer.status < 400 || answer.status >= 500 || answer.status === 429) return undefined;
  return z.safeParse(ErrorSchema, answer.body).data?.error;
}

const expired = (lifeS: number) =>
  new AuthenticationError(`Nobody confirmed the code within ${lifeS} s. ${START_AGAIN}`, {
    status: 400,
    reason: 'code-expired',
  });
