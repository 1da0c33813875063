import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import { readTokenClient, type TokenClient } from './client-authentication.ts';
import { createIds } from './ids.ts';
import { Lockout } from './lockout.ts';
import type { CloudFoundryGrant, CloudFoundryTokens } from './scenario.ts';

export interface CloudFoundryAccess {
  readonly credentials: { readonly username: string; readonly password: string };
  /** Secrets of the clients by id. A client with an empty secret acts for users only. */
  readonly clients: Readonly<Record<string, string>>;
}

interface AccessToken {
  readonly acceptedFrom: number;
  readonly expiresAt: number;
  polls: number;
}

const GRANTS: readonly string[] = ['password', 'client_credentials', 'refresh_token'];

/** The token server. */
export class Uaa {
  readonly #newId = createIds(7);
  readonly #accessTokens = new Map<string, AccessToken>();
  readonly #refreshTokens = new Map<string, { readonly expiresAt: number }>();
  readonly #lockout: Lockout;

  constructor(
    private readonly clock: Clock,
    private readonly access: CloudFoundryAccess,
    private readonly tokens: CloudFoundryTokens,
    private readonly refusalOf: (grant: CloudFoundryGrant) => 'refused' | 'locked' | undefined,
  ) {
    this.#lockout = new Lockout(clock);
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
    const type = request.headers.get('content-type') ?? '';
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return refuse(400, 'invalid_request', 'Form expected');
    const form = new URLSearchParams(body);
    const { compatibilityMode = false } = this.tokens;
    const client = readTokenClient(request.headers, form, { compatibilityMode });
    if (!client || !this.#isKnown(client)) return refuse(401, 'unauthorized', 'Bad credentials');
    const grant = form.get('grant_type') ?? '';
    if (!isGrant(grant)) return refuse(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
    const refusal = this.refusalOf(grant);
    if (refusal !== undefined) return refusal === 'locked' ? locked() : REFUSALS[grant]();
    return this.#grant(grant, form, client.secret === '');
  }

  #grant(grant: CloudFoundryGrant, form: URLSearchParams, isPublicClient: boolean): Response {
    if (grant === 'client_credentials') {
      return isPublicClient ? refuse(401, 'unauthorized_client', 'Unauthorized grant type') : this.#issue();
    }
    if (grant === 'password') return this.#logIn(form.get('username') ?? '', form.get('password') ?? '');
    const token = form.get('refresh_token') ?? '';
    const known = this.#refreshTokens.get(token);
    if (!known || this.clock.now() >= known.expiresAt) return REFUSALS.refresh_token();
    if (this.tokens.refresh === 'lasting') return this.#issue(token);
    this.#refreshTokens.delete(token);
    return this.#issue(this.#issueRefresh());
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
    const token = `${btoa('{"alg":"RS256"}').replaceAll('=', '')}.${btoa(`{"jti":"${jti}"}`).replaceAll('=', '')}.${jti}`;
    const now = this.clock.now();
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
  refresh_token: () => refuse(401, 'invalid_token', 'The token expired, was revoked, or the token ID is incorrect.'),
};

const locked = () =>
  refuse(401, 'unauthorized', 'Your account has been locked because of too many failed attempts to login.');

function refuse(status: 400 | 401, error: string, description: string): Response {
  const body: components['schemas']['TokenError'] = { error, error_description: description };
  return jsonAnswer(body, { status });
}

function isGrant(value: string): value is CloudFoundryGrant {
  return GRANTS.includes(value);
}
