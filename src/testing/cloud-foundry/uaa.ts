import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { jsonAnswer } from '../answer.ts';
import { createIds } from './ids.ts';
import type { CloudFoundryGrant, CloudFoundryTokens } from './scenario.ts';

export interface CloudFoundryAccess {
  readonly credentials: { readonly username: string; readonly password: string };
  /** Secrets of the clients by id. A client with an empty secret acts for users only. */
  readonly clients: Readonly<Record<string, string>>;
}

const GRANTS: readonly string[] = ['password', 'client_credentials', 'refresh_token'];

/** The token server. */
export class Uaa {
  readonly #newId = createIds(7);
  readonly #accessTokens = new Map<string, { readonly expiresAt: number; polls: number }>();
  readonly #refreshTokens = new Map<string, { readonly expiresAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly access: CloudFoundryAccess,
    private readonly tokens: CloudFoundryTokens,
    private readonly isRefused: (grant: CloudFoundryGrant) => boolean,
  ) {}

  /** Whether an access token is good for this request. */
  admits(token: string, isPoll: boolean): boolean {
    const known = this.#accessTokens.get(token);
    if (!known || this.clock.now() >= known.expiresAt) return false;
    if (isPoll) known.polls += 1;
    return known.polls <= (this.tokens.lifePolls ?? Number.POSITIVE_INFINITY);
  }

  answer(request: Request, body: string): Response {
    const type = request.headers.get('content-type') ?? '';
    if (!/^application\/x-www-form-urlencoded\b/i.test(type)) return refuse(400, 'invalid_request', 'Form expected');
    const form = new URLSearchParams(body);
    const client = this.#readClient(request, form);
    if (!client) return refuse(401, 'unauthorized', 'Bad credentials');
    const grant = form.get('grant_type') ?? '';
    if (!isGrant(grant)) return refuse(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
    return this.isRefused(grant) ? REFUSALS[grant]() : this.#grant(grant, form, client.secret === '');
  }

  #grant(grant: CloudFoundryGrant, form: URLSearchParams, isPublicClient: boolean): Response {
    if (grant === 'client_credentials') {
      return isPublicClient ? refuse(401, 'unauthorized_client', 'Unauthorized grant type') : this.#issue();
    }
    if (grant === 'password') {
      const { username, password } = this.access.credentials;
      const isKnown = form.get('username') === username && form.get('password') === password;
      return isKnown ? this.#issue(this.#issueRefresh()) : REFUSALS.password();
    }
    const token = form.get('refresh_token') ?? '';
    const known = this.#refreshTokens.get(token);
    if (!known || this.clock.now() >= known.expiresAt) return REFUSALS.refresh_token();
    if (this.tokens.refresh === 'lasting') return this.#issue(token);
    this.#refreshTokens.delete(token);
    return this.#issue(this.#issueRefresh());
  }

  #issue(refreshToken?: string): Response {
    const lifeMs = this.tokens.lifeMs ?? 1_200_000;
    const jti = this.#newId().replaceAll('-', '');
    const token = `${btoa('{"alg":"RS256"}').replaceAll('=', '')}.${btoa(`{"jti":"${jti}"}`).replaceAll('=', '')}.${jti}`;
    this.#accessTokens.set(token, { expiresAt: this.clock.now() + lifeMs, polls: 0 });
    const body: components['schemas']['Token'] = {
      access_token: token,
      token_type: 'bearer',
      expires_in: Math.max(0, Math.floor(lifeMs / 1000) - 1),
      // Never for client_credentials (CF-21).
      ...(refreshToken === undefined ? {} : { refresh_token: refreshToken }),
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

  #readClient(request: Request, form: URLSearchParams): { readonly secret: string } | undefined {
    const [, encoded] = /^basic +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    const [id, secret] = encoded === undefined ? [form.get('client_id'), form.get('client_secret')] : decode(encoded);
    if (typeof id !== 'string' || typeof secret !== 'string') return undefined;
    // An empty secret is a secret: the header has to be there (CF-22).
    return Object.hasOwn(this.access.clients, id) && this.access.clients[id] === secret ? { secret } : undefined;
  }
}

const REFUSALS: Readonly<Record<CloudFoundryGrant, () => Response>> = {
  password: () => refuse(401, 'unauthorized', 'Bad credentials'),
  client_credentials: () => refuse(401, 'unauthorized', 'Bad credentials'),
  refresh_token: () => refuse(401, 'invalid_token', 'The token expired, was revoked, or the token ID is incorrect.'),
};

function refuse(status: 400 | 401, error: string, description: string): Response {
  const body: components['schemas']['TokenError'] = { error, error_description: description };
  return jsonAnswer(body, { status });
}

function isGrant(value: string): value is CloudFoundryGrant {
  return GRANTS.includes(value);
}

function decode(encoded: string): readonly [string | undefined, string | undefined] {
  try {
    const [id = '', ...rest] = atob(encoded).split(':');
    return [id, rest.join(':')];
  } catch {
    return [undefined, undefined];
  }
}
