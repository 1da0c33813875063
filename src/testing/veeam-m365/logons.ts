import type { Clock } from '../../clock/clock.ts';
import type { Identifiers } from './identifiers.ts';
import type { VeeamM365Scenario } from './scenario.ts';

/** One login by password; refreshing a token goes on with it. */
export interface Logon {
  readonly id: string;
  readonly userName: string;
}

/** What a login or a refresh asked for. */
export interface TokenTerms {
  /** The client takes no antiforgery cookies (VM-27). */
  readonly withoutAntiforgery: boolean;
}

export interface TokenPair {
  readonly logon: Logon;
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

interface Grant {
  readonly logon: Logon;
  readonly terms: TokenTerms;
  readonly expiresAt: number;
  usesLeft: number;
}

/** Access and refresh tokens, by the emulator's clock. */
export class Logons {
  readonly #access = new Map<string, Grant>();
  readonly #refresh = new Map<string, Grant>();
  readonly #clock: Clock;
  readonly #ids: Identifiers;
  readonly #scenario: VeeamM365Scenario;
  #expired = false;

  constructor(clock: Clock, ids: Identifiers, scenario: VeeamM365Scenario) {
    this.#clock = clock;
    this.#ids = ids;
    this.#scenario = scenario;
  }

  get lifeSeconds(): number {
    return this.#scenario.token?.lifeSeconds ?? 3600;
  }

  login(userName: string, terms: TokenTerms): TokenPair {
    return this.#issue({ id: this.#ids.uuid(), userName }, terms);
  }

  /** Every token of the logon dies. */
  logOut(logon: Logon): void {
    for (const grants of [this.#access, this.#refresh]) {
      for (const [token, grant] of grants) if (grant.logon.id === logon.id) grants.delete(token);
    }
  }

  /** Not documented; the access token that is replaced stays good to its end. */
  refresh(refreshToken: string, terms: TokenTerms): TokenPair | undefined {
    const policy = this.#scenario.token?.refresh ?? 'one-use';
    if (policy === 'refused') return undefined;
    const grant = this.#use(this.#refresh, refreshToken);
    return grant && this.#issue(grant.logon, terms);
  }

  /** The grant of an `Authorization` header; undefined where it is not good. */
  authenticate(header: string | null): Pick<Grant, 'logon' | 'terms'> | undefined {
    const [scheme = '', token = ''] = (header ?? '').split(' ');
    if (scheme.toLowerCase() !== 'bearer') return undefined;
    return this.#use(this.#access, token);
  }

  /** Carries out the scenario's fault `expireTokens` when its moment has come. */
  expireWhenDue(at: { readonly firstStart: number | undefined; readonly polls: number }): void {
    const { atMs, atPoll, refreshTokens = false } = this.#scenario.faults?.expireTokens ?? {};
    const byTime = atMs !== undefined && at.firstStart !== undefined && this.#clock.now() >= at.firstStart + atMs;
    const byPoll = atPoll !== undefined && at.polls >= atPoll;
    if (this.#expired || !(byTime || byPoll)) return;
    this.#expired = true;
    this.#access.clear();
    if (refreshTokens) this.#refresh.clear();
  }

  #issue(logon: Logon, terms: TokenTerms): TokenPair {
    const { uses, refresh, refreshLifeSeconds } = this.#scenario.token ?? {};
    const issuedAt = this.#clock.now();
    const expiresAt = issuedAt + this.lifeSeconds * 1000;
    const [accessToken, refreshToken] = [this.#ids.token(), this.#ids.token()];
    this.#access.set(accessToken, { logon, terms, expiresAt, usesLeft: uses ?? Number.POSITIVE_INFINITY });
    this.#refresh.set(refreshToken, {
      logon,
      terms,
      expiresAt: issuedAt + (refreshLifeSeconds ?? Number.POSITIVE_INFINITY) * 1000,
      usesLeft: refresh === 'reusable' ? Number.POSITIVE_INFINITY : 1,
    });
    return { logon, accessToken, refreshToken, issuedAt, expiresAt };
  }

  #use(grants: Map<string, Grant>, token: string): Grant | undefined {
    const grant = grants.get(token);
    if (!grant || grant.usesLeft <= 0 || this.#clock.now() >= grant.expiresAt) return undefined;
    grant.usesLeft -= 1;
    return grant;
  }
}
