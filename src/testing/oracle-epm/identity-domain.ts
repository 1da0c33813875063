import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import type { Route } from '../route.ts';
import type { OracleEpmIdentityScenario } from './scenario.ts';

export interface OracleEpmIdentity {
  /** Secrets of the OAuth clients by id. A public client has none: undefined. */
  readonly oauthClients: Readonly<Record<string, string | undefined>>;
  /** A refresh token of the user, issued when the emulator was made. */
  readonly refreshToken: string;
  /** JWT assertions for the user that are accepted. */
  readonly assertions: readonly string[];
}

/** The identity domain, as tests see it. */
export interface OracleEmulatedIdentity {
  /** The refresh token that works now, if there is one. */
  readonly refreshToken: string | undefined;
  /** The person confirms the code that was issued last, or denies it. */
  confirmDevice(): void;
  denyDevice(): void;
  /** The person logs in again elsewhere. Returns the new refresh token. */
  issueRefreshToken(): string;
  /** All access tokens are refused from now on, which nothing foretells. */
  endAccessTokens(): void;
  /** The person, or an administrator, ends all logins. */
  revokeTokens(): void;
}

type Schemas = components['schemas'];

interface Device {
  readonly issuedAt: number;
  polledAt: number;
  state: 'pending' | 'confirmed' | 'denied' | 'used';
}

interface RefreshToken {
  readonly issuedAt: number;
  readonly expiresAt: number;
  state: 'good' | 'consumed' | 'revoked';
}

const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const HOUR_MS = 3_600_000;
const WEEK_MS = 168 * HOUR_MS;

/** The token server of an environment. Its refresh tokens work once. */
export class IdentityDomain implements OracleEmulatedIdentity {
  readonly #accessTokens = new Map<string, number>();
  readonly #refreshTokens = new Map<string, RefreshToken>();
  readonly #devices = new Map<string, Device>();
  readonly #madeAt: number;
  #issued = 0;

  constructor(
    private readonly clock: Clock,
    private readonly access: OracleEpmIdentity,
    private readonly scenario: OracleEpmIdentityScenario,
  ) {
    const { refreshLifeMs = WEEK_MS } = scenario;
    this.#madeAt = clock.now();
    this.#refreshTokens.set(access.refreshToken, {
      issuedAt: clock.now(),
      expiresAt: clock.now() + refreshLifeMs,
      state: 'good',
    });
  }

  get refreshToken(): string | undefined {
    const good = [...this.#refreshTokens].filter(
      ([, { state, expiresAt }]) => state === 'good' && this.clock.now() < expiresAt,
    );
    return good.at(-1)?.[0];
  }

  confirmDevice(): void {
    this.#lastDevice('confirmed');
  }

  denyDevice(): void {
    this.#lastDevice('denied');
  }

  issueRefreshToken(): string {
    return this.#newRefreshToken();
  }

  endAccessTokens(): void {
    this.#accessTokens.clear();
  }

  revokeTokens(): void {
    for (const token of this.#refreshTokens.values()) token.state = 'revoked';
    this.#accessTokens.clear();
  }

  admits(accessToken: string): boolean {
    return this.clock.now() < (this.#accessTokens.get(accessToken) ?? 0);
  }

  /** `POST /oauth2/v1/device`. */
  issueDeviceCode(request: Request, body: string): Response {
    const form = new URLSearchParams(body);
    const clientId = this.#clientOf(request, form);
    if (clientId === undefined) return refuse(401, 'invalid_client', 'Client authentication failed.');
    if (form.get('response_type') !== 'device_code')
      return refuse(400, 'invalid_request', 'The response type is invalid.');
    const { lifeSeconds = 300, intervalSeconds = 5 } = this.scenario.device ?? {};
    const number = this.#devices.size + 1;
    const deviceCode = `device-code-${number}-${'0123456789abcdef'.repeat(2)}`;
    const now = this.clock.now();
    this.#devices.set(deviceCode, { issuedAt: now, polledAt: now, state: 'pending' });
    const answer: Schemas['DeviceAuthorization'] = {
      device_code: deviceCode,
      user_code: `EMUL-${String(number).padStart(4, '0')}`,
      verification_uri: `${new URL(request.url).origin}/ui/v1/device`,
      expires_in: lifeSeconds,
      ...omitUndefined({ interval: intervalSeconds === 'absent' ? undefined : intervalSeconds }),
    };
    return jsonAnswer(answer);
  }

  /** `POST /oauth2/v1/token`. */
  issueToken(request: Request, body: string): Response {
    const form = new URLSearchParams(body);
    const clientId = this.#clientOf(request, form);
    if (clientId === undefined) return refuse(401, 'invalid_client', 'Client authentication failed.');
    switch (form.get('grant_type')) {
      case 'refresh_token':
        return this.#refresh(clientId, form.get('refresh_token') ?? '');
      case DEVICE_CODE:
        return this.#pollDevice(form.get('device_code') ?? '');
      case JWT_BEARER:
        return this.#logInWithJwt(clientId, form.get('assertion') ?? '');
      default:
        return refuse(400, 'unsupported_grant_type', 'The grant type is not supported.');
    }
  }

  #refresh(clientId: string, token: string): Response {
    if (this.scenario.allowsRefresh === false) {
      return refuse(400, 'unauthorized_client', 'The client is not authorized to use the refresh token grant.');
    }
    const known = this.#refreshTokens.get(token);
    const { loss } = this.scenario;
    const lostAt = loss && this.#madeAt + loss.atMs;
    if (known && loss && lostAt !== undefined && known.issuedAt <= lostAt && this.clock.now() >= lostAt) {
      known.state = loss.kind;
    }
    if (!known) return refuse(400, 'invalid_grant', 'The refresh token is invalid.');
    if (known.state === 'consumed') return refuse(400, 'invalid_grant', 'The token has already been consumed');
    // The wording is not documented.
    if (known.state === 'revoked') return refuse(400, 'invalid_grant', 'The token has been revoked');
    if (this.clock.now() >= known.expiresAt) {
      return refuse(400, 'invalid_grant', `Token is expired for client ${clientId}`);
    }
    if (this.scenario.refresh === 'lasting') return this.#issue(undefined);
    known.state = 'consumed';
    return this.#issue(this.#newRefreshToken());
  }

  #pollDevice(deviceCode: string): Response {
    const device = this.#devices.get(deviceCode);
    if (!device || device.state === 'used') return refuse(400, 'invalid_grant', 'The device code is invalid.');
    const now = this.clock.now();
    const {
      lifeSeconds = 300,
      intervalSeconds = 5,
      confirmedAfterMs = 'never',
      denied = false,
    } = this.scenario.device ?? {};
    const isTooEarly = now < device.polledAt + (intervalSeconds === 'absent' ? 5 : intervalSeconds) * 1_000;
    device.polledAt = now;
    if (now >= device.issuedAt + lifeSeconds * 1_000)
      return refuse(400, 'expired_token', 'The device code has expired.');
    if (isTooEarly || this.#isSlowedDown()) return refuse(400, 'slow_down', 'The client polls too often.');
    if (device.state === 'pending' && confirmedAfterMs !== 'never' && now >= device.issuedAt + confirmedAfterMs) {
      device.state = denied ? 'denied' : 'confirmed';
    }
    if (device.state === 'pending') return refuse(400, 'authorization_pending', 'The user has not confirmed the code.');
    if (device.state === 'denied') return refuse(400, 'access_denied', 'The user denied the request.');
    device.state = 'used';
    return this.#issue(this.scenario.allowsRefresh === false ? undefined : this.#newRefreshToken());
  }

  #slowDowns = 0;

  #isSlowedDown(): boolean {
    this.#slowDowns += 1;
    return this.#slowDowns <= (this.scenario.device?.slowDowns ?? 0);
  }

  #logInWithJwt(clientId: string, assertion: string): Response {
    if (this.access.oauthClients[clientId] === undefined) {
      return refuse(400, 'unauthorized_client', 'A public client cannot use the grant type.');
    }
    // The wording is not documented.
    if (!this.access.assertions.includes(assertion)) return refuse(400, 'invalid_grant', 'The assertion is invalid.');
    return this.#issue(undefined);
  }

  /** A confidential client authenticates with Basic, a public one names itself in the form. */
  #clientOf(request: Request, form: URLSearchParams): string | undefined {
    const { oauthClients } = this.access;
    const [, encoded] = /^basic +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (encoded === undefined) {
      const id = form.get('client_id') ?? '';
      return Object.hasOwn(oauthClients, id) && oauthClients[id] === undefined ? id : undefined;
    }
    const known = Object.entries(oauthClients).find(
      ([id, secret]) => secret !== undefined && btoa(`${id}:${secret}`) === encoded,
    );
    return known?.[0];
  }

  #issue(refreshToken: string | undefined): Response {
    this.#issued += 1;
    const { accessLifeMs = HOUR_MS } = this.scenario;
    const expiresAt = this.clock.now() + accessLifeMs;
    const claims = btoa(JSON.stringify({ sub: 'admin', exp: Math.floor(expiresAt / 1_000), jti: this.#issued }));
    const accessToken = `eyJhbGciOiJSUzI1NiJ9.${claims.replaceAll('=', '')}.signature-${this.#issued}`;
    this.#accessTokens.set(accessToken, expiresAt);
    const answer: Schemas['Token'] = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: Math.floor(accessLifeMs / 1_000),
      ...omitUndefined({ refresh_token: refreshToken }),
    };
    return jsonAnswer(answer);
  }

  #newRefreshToken(): string {
    const { refreshLifeMs = WEEK_MS } = this.scenario;
    const token = `refresh-token-${this.#refreshTokens.size}-${'fedcba9876543210'.repeat(2)}`;
    const issuedAt = this.clock.now();
    this.#refreshTokens.set(token, { issuedAt, expiresAt: issuedAt + refreshLifeMs, state: 'good' });
    return token;
  }

  #lastDevice(state: Device['state']): void {
    const device = [...this.#devices.values()].at(-1);
    if (device?.state === 'pending') device.state = state;
  }
}

/** Its two calls. @param prefix of a gateway */
export function identityRoutes(identity: IdentityDomain, prefix: string): Route[] {
  const route = (operationId: string, path: string, handle: Route['handle']): Route => {
    return { operationId, method: 'POST', path: `${prefix}/oauth2/v1/${path}`, role: 'token', handle };
  };
  return [
    route('createToken', 'token', ({ request, body }) => identity.issueToken(request, body)),
    route('createDeviceCode', 'device', ({ request, body }) => identity.issueDeviceCode(request, body)),
  ];
}

function refuse(status: 400 | 401, error: string, description: string): Response {
  const body: Schemas['TokenError'] = { error, error_description: description };
  return jsonAnswer(body, { status });
}
