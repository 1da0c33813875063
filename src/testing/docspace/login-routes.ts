import { omitUndefined } from '../../values/omit-undefined.ts';
import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { Accounts } from './accounts.ts';
import type { DocSpaceCredentials } from './credentials.ts';
import { failure, success } from './envelope.ts';
import { hex } from './ids.ts';
import { DAY_MS } from './job.ts';
import type { Portal } from './portal.ts';
import { readObject } from './request-body.ts';

const WRONG_LOGINS = { limit: 5, perMs: 60_000 };
const SMS_LIFE_MS = 600_000;
const HOUR_MS = 3_600_000;
const PHONE = '+1********42';

interface RefreshToken {
  readonly expiresAt: number;
  isConsumed: boolean;
}

/** Logins with a password and a second factor, and OAuth 2. */
export function loginRoutes(portal: Portal, accounts: Accounts, credentials: DocSpaceCredentials): Route[] {
  const { clock, scenario } = portal;
  const { secondFactor, oauth = {} } = scenario;
  let wrong: number[] = [];
  const usedCodes = new Set<string>();
  const refreshTokens = new Map<string, RefreshToken>();
  const { refreshLifeMs = 30 * DAY_MS, accessLifeMs = HOUR_MS, rotates = true } = oauth;
  refreshTokens.set(credentials.refreshToken, { expiresAt: clock.now() + refreshLifeMs, isConsumed: false });

  const isBlocked = () => {
    wrong = wrong.filter((at) => clock.now() - at < WRONG_LOGINS.perMs);
    return wrong.length >= WRONG_LOGINS.limit;
  };
  const refused = (): Answer => {
    wrong.push(clock.now());
    return failure(401, 'User authentication failed');
  };
  const token = (request: Request): Answer => {
    const session = accounts.openSession();
    return success(
      request,
      { token: session.token, expires: new Date(session.expiresAt).toISOString() },
      { 'set-cookie': `asc_auth_key=${session.token}; path=/; secure; httponly` },
    );
  };

  const login = ({ request, json }: Call): Answer => {
    if (isBlocked()) return failure(403, 'Too many login attempts. Please try again later');
    const { userName, password } = readObject(json) ?? {};
    if (!accounts.isPassword(userName, password)) return refused();
    const confirmUrl = `${new URL(request.url).origin}/confirm?type=TfaAuth&key=${hex(77, 32)}`;
    switch (secondFactor) {
      case 'app':
        return success(request, { tfa: true, confirmUrl });
      case 'app-not-set-up':
        return success(request, { tfa: true, tfaKey: hex(78, 16), confirmUrl });
      case 'sms': {
        const expires = new Date(clock.now() + SMS_LIFE_MS).toISOString();
        return success(request, { sms: true, phoneNoise: PHONE, expires, confirmUrl });
      }
      case 'sms-without-phone':
        return success(request, { sms: true, confirmUrl });
      default:
        return token(request);
    }
  };

  /** A code works once. */
  const loginWithCode = ({ request, json, params }: Call): Answer => {
    if (isBlocked()) return failure(403, 'Too many login attempts. Please try again later');
    const { userName, password } = readObject(json) ?? {};
    if (!accounts.isPassword(userName, password)) return refused();
    if (secondFactor === undefined) return failure(403, 'Access denied');
    const { code = '' } = params;
    if (!credentials.codes.includes(code) || usedCodes.has(code)) return refused();
    usedCodes.add(code);
    return token(request);
  };

  const oauthError = (status: 400 | 401, error: string, description: string): Answer =>
    jsonAnswer({ error, error_description: description }, { status });
  const oauthToken = ({ body }: Call): Answer => {
    const form = new URLSearchParams(body);
    const { clientId, clientSecret } = credentials;
    if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
      return oauthError(401, 'invalid_client', 'Client authentication failed');
    }
    if (form.get('grant_type') !== 'refresh_token') {
      return oauthError(400, 'unsupported_grant_type', 'The grant type is not emulated');
    }
    const sent = form.get('refresh_token') ?? '';
    const known = refreshTokens.get(sent);
    // Which of the two is said is not documented.
    if (!known || known.isConsumed || clock.now() >= known.expiresAt) {
      return oauthError(400, 'invalid_grant', 'The refresh token is invalid or expired');
    }
    known.isConsumed = rotates;
    const next = rotates ? `oauth-refresh-${refreshTokens.size}-${hex(3000 + refreshTokens.size, 32)}` : undefined;
    if (next) refreshTokens.set(next, { expiresAt: clock.now() + refreshLifeMs, isConsumed: false });
    const { token: session } = accounts.openSession(accessLifeMs);
    return jsonAnswer({
      access_token: session,
      token_type: 'Bearer',
      expires_in: Math.floor(accessLifeMs / 1_000),
      ...omitUndefined({ refresh_token: next }),
    });
  };

  const route = (operationId: string, path: string, handle: Route['handle']): Route => {
    return { operationId, method: 'POST', path, role: 'token', handle };
  };
  return [
    route('authenticate', '/api/2.0/authentication', login),
    route('authenticateWithCode', '/api/2.0/authentication/{code}', loginWithCode),
    route('createOAuthToken', '/oauth2/token', oauthToken),
  ];
}
