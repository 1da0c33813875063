import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import { readTokenClient, type TokenClient } from './client-authentication.ts';
import { createIds } from './ids.ts';
import { Lockout } from './lockout.ts';
import type { CloudFoundryFaults, CloudFoundryGrant, CloudFoundryTokens } from './scenario.ts';

export interface CloudFoundryAccess {
  readonly credentials: { readonly username: string; readonly password: string };
  /** Secrets of the clients by id. A client with an empty secret acts for users only. */
  readonly clients: Readonly<Record<string, string>>;
  /** Passcodes of the user; each is good for one use. */
  readonly passcodes: readonly string[];
  /** JWTs of an identity provider that the UAA trusts: those of the user, and by client those of clients. */
  readonly assertions: readonly string[];
  readonly clientAssertions: Readonly<Record<string, string>>;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const JWT_CLIENT = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

interface AccessToken {
  readonly acceptedFrom: number;
  readonly expiresAt: number;
  polls: number;
}

const GRANTS: readonly string[] = ['password', 'client_credentials', 'refresh_token', JWT_BEARER];

/** The token server. */
export class Uaa {
  readonly #newId = createIds(7);
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, { readonly expiresAt: number }>();
  readonly #lockout: Lockout;
  readonly #passcodes: Set<string>;
  readonly #assertionsSeen = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    private readonly access: CloudFoundryAccess,
    private readonly tokens: CloudFoundryTokens,
    private readonly refusalOf: (grant: CloudFoundryGrant) => 'refused' | 'locked' | undefined,
    private readonly limit: () => CloudFoundryFaults['limitTokens'],
  ) {
    this.#lockout = new Lockout(clock);
    this.#passcodes = new Set(access.passcodes);
  }

  /** Whether an access token is good for this request. */
  admits(token: string, isPoll: boolean): boolean {
    const known = this.#accessTokens.get(token);
    const now = this.clock.now();
    if (!known || now < known.acceptedFrom || now >= known.expiresAt) return false;
    if (isPoll) known.polls += 1;
    return known.polls <= (this.tokens.lifePolls ?? Number.POSITIVE_INFINITY);
  }

  answer(request: Request, body: string): Response {
    const limit = this.limit();
    if (limit) return limited(limit.retryAfterSeconds);
    const type = request.headers.get('content-type') ?? '';
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return refuse(400, 'invalid_request', 'Form expected');
    const form = new URLSearchParams(body);
    const { compatibilityMode = false } = this.tokens;
    const isAsserted = form.get('client_assertion_type') === JWT_CLIENT;
    const client = isAsserted
      ? this.#assertedClient(form)
      : readTokenClient(request.headers, form, { compatibilityMode });
    if (!client || !(isAsserted || this.#isKnown(client))) {
      // The wording for an assertion is not documented.
      return isAsserted
        ? refuse(401, 'invalid_client', 'Bad client_assertion')
        : refuse(401, 'unauthorized', 'Bad credentials');
    }
    const grant = form.get('grant_type') ?? '';
    if (!isGrant(grant)) return refuse(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
    const refusal = this.refusalOf(grant);
    if (refusal !== undefined) return refusal === 'locked' ? locked() : REFUSALS[grant]();
    return this.#grant(grant, form, !isAsserted && client.secret === '');
  }

  #grant(grant: CloudFoundryGrant, form: URLSearchParams, isPublicClient: boolean): Response {
    if (grant === 'client_credentials') {
      return isPublicClient ? refuse(401, 'unauthorized_client', 'Unauthorized grant type') : this.#issue();
    }
    if (grant === JWT_BEARER) {
      return this.#isTrusted(this.access.assertions, form.get('assertion'))
        ? this.#issue(this.#issueRefresh())
        : REFUSALS[JWT_BEARER]();
    }
    const passcode = form.get('passcode');
    if (grant === 'password' && passcode !== null) {
      // Deleted by its use.
      return this.#passcodes.delete(passcode) ? this.#issue(this.#issueRefresh()) : badPasscode();
    }
    if (grant === 'password') return this.#logIn(form.get('username') ?? '', form.get('password') ?? '');
    const token = form.get('refresh_token') ?? '';
    const known = this.#refreshTokens.get(token);
    if (!known || this.clock.now() >= known.expiresAt) return REFUSALS.refresh_token();
    if (this.tokens.refresh === 'lasting') return this.#issue(token);
    this.#refreshTokens.delete(token);
    return this.#issue(this.#issueRefresh());
  }

  #assertedClient(form: URLSearchParams): TokenClient | undefined {
    const id = form.get('client_id') ?? '';
    const own = Object.hasOwn(this.access.clientAssertions, id) ? [this.access.clientAssertions[id] ?? ''] : [];
    return this.#isTrusted(own, form.get('client_assertion')) ? { id, secret: '' } : undefined;
  }

  #isTrusted(known: readonly string[], assertion: string | null): boolean {
    if (assertion === null || !known.includes(assertion)) return false;
    const seenAt = this.#assertionsSeen.get(assertion) ?? this.clock.now();
    this.#assertionsSeen.set(assertion, seenAt);
    return this.clock.now() < seenAt + (this.tokens.assertionLifeMs ?? Number.POSITIVE_INFINITY);
  }

  #logIn(username: string, password: string): Response {
    if (this.#lockout.isLocked(username)) return locked();
    const { credentials } = this.access;
    if (username !== credentials.username || password !== credentials.password) {
      this.#lockout.recordFailure(username);
      return REFUSALS.password();
    }
    this.#lockout.recordSuccess(username);
    return this.#issue(this.#issueRefresh());
  }

  #issue(refreshToken?: string): Response {
    const { lifeMs = 1_200_000, acceptedAfterMs = 0 } = this.tokens;
    const jti = this.#newId().replaceAll('-', '');
    const now = this.clock.now();
    const claims = btoa(JSON.stringify({ jti, exp: Math.floor((now + lifeMs) / 1000) })).replaceAll('=', '');
    const token = `${btoa('{"alg":"RS256"}').replaceAll('=', '')}.${claims}.${jti}`;
    const acceptedFrom = this.#accessTokens.size === 0 ? now : now + acceptedAfterMs;
    this.#accessTokens.set(token, { acceptedFrom, expiresAt: now + lifeMs, polls: 0 });
    const body: components['schemas']['Token'] = {
      access_token: token,
      token_type: 'bearer',
      expires_in: Math.max(0, Math.floor(lifeMs / 1000) - 1),
      // Never for client_credentials (CF-21).
      ...omitUndefined({ refresh_token: refreshToken }),
      scope: 'cloud_controller.read cloud_controller.write',
      jti,
    };
    return jsonAnswer(body, { headers: { 'cache-control': 'no-store' } });
  }

  #issueRefresh(): string {
    const token = `${this.#newId().replaceAll('-', '')}-r`;
    this.#refreshTokens.set(token, { expiresAt: this.clock.now() + (this.tokens.refreshLifeMs ?? 2_592_000_000) });
    return token;
  }

  /** An empty secret is a secret: it has to be sent (CF-22). */
  #isKnown({ id, secret }: TokenClient): boolean {
    return Object.hasOwn(this.access.clients, id) && this.access.clients[id] === secret;
  }
}

const REFUSALS: Readonly<Record<CloudFoundryGrant, () => Response>> = {
  password: () => refuse(401, 'unauthorized', 'Bad credentials'),
  client_credentials: () => refuse(401, 'unauthorized', 'Bad credentials'),
  // The wording is not documented.
  [JWT_BEARER]: () => refuse(401, 'invalid_grant', 'The assertion is not valid, or not trusted'),
  refresh_token: () => refuse(401, 'invalid_token', 'The token expired, was revoked, or the token ID is incorrect.'),
};

/** The wording is not documented. */
const badPasscode = () => refuse(401, 'unauthorized', 'Invalid passcode');

/** The body is not documented. */
const limited = (retryAfterSeconds: number | undefined) =>
  new Response(null, {
    status: 429,
    headers: retryAfterSeconds === undefined ? {} : { 'retry-after': `${retryAfterSeconds}` },
  });

const locked = () =>
  refuse(401, 'unauthorized', 'Your account has been locked because of too many failed attempts to login.');

function refuse(status: 400 | 401, error: string, description: string): Response {
  const body: components['schemas']['TokenError'] = { error, error_description: description };
  return jsonAnswer(body, { status });
}

function isGrant(value: string): value is CloudFoundryGrant {
  return GRANTS.includes(value);
}
