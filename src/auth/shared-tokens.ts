import { uniqueId } from '../clock/unique-id.ts';
import { AuthenticationError } from '../errors/authentication-error.ts';
import { ConnectionError } from '../errors/connection-error.ts';
import { RateLimitError } from '../errors/rate-limit-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { asSentence } from './advised.ts';
import type { AuthContext, Authenticator } from './auth.ts';
import { bounded } from './bounded.ts';
import { decideOnTokens, type TokenDecision } from './decide-on-tokens.ts';
import { foreignError } from './foreign-error.ts';
import { jwtClaims } from './jwt.ts';
import { MOST_ROUNDS, tokensOf } from './store-login.ts';
import { type IssuedToken, tokenKeeper } from './token-keeper.ts';
import { EMPTY, fingerprint, parseRecord, type TokenRecord } from './token-record.ts';
import type { TokenStore } from './token-store.ts';

export interface SharedTokensOptions {
  readonly store: TokenStore;
  /** The record of this login in the store. */
  readonly name: string;
  /** Reads the refresh token of the options; undefined if there is none. */
  readonly readSeed: () => Promise<string | undefined>;
  /** Reads the other secrets, such as that of the OAuth client. */
  readonly readSecrets: () => Promise<readonly string[]>;
  /** Is given each new refresh token before it is used. */
  readonly onRotate?: ((refreshToken: string) => void | Promise<void>) | undefined;
  /**
   * Refreshes with one request, which is not aborted when nobody waits for it any more.
   * @throws {AuthenticationError} refused
   */
  readonly refresh: (refreshToken: string, secrets: readonly string[]) => Promise<IssuedToken>;
  /** Whether a refusal is about the refresh token, which then is never sent again. */
  readonly isFinal: (error: AuthenticationError) => boolean;
  /** How to log in again, as a sentence. */
  readonly logInAgain: string;
}

/** How often a claim of another process is read again. */
const WAIT_MS = 500;
/** Calls of the caller's code take no longer than this. */
const CALL_MS = 10_000;
/** A wait for another process ends after this time. */
const PATIENCE_MS = 120_000;

/**
 * The tokens of a login whose refresh token may work only once, shared by all processes with the same store. One of them
 * refreshes at a time, and the others use its access token. A new refresh token is given to `onRotate` and stored before
 * its access token is used.
 */
export function sharedTokens(options: SharedTokensOptions, context: AuthContext): Authenticator {
  const shared = new SharedTokens(options, context);
  let secrets: readonly string[] = [];
  return tokenKeeper({
    clock: context.clock,
    readSecrets: async () => {
      secrets = await options.readSecrets();
      return [...(await shared.prepare()), ...secrets];
    },
    // The store remembers the end of a refresh token, so there is nothing to pause for.
    isNeverResent: options.isFinal,
    login: () => shared.obtain(secrets),
  });
}

/** Tokens that were issued to this process and are not stored yet. */
interface Unstored {
  readonly issued: IssuedToken;
  readonly refreshToken: string;
  /** The refresh token that was used for them. */
  readonly consumed: string;
  isHandedOut: boolean;
}

class SharedTokens {
  readonly #options: SharedTokensOptions;
  readonly #context: AuthContext;
  readonly #self = uniqueId();
  #unstored: Unstored | undefined;
  #seed: { readonly token: string; readonly fingerprint: string } | undefined;
  #ended: string | undefined;
  #subject: string | undefined;
  #seen: { readonly claim: string; readonly at: number } | undefined;

  constructor(options: SharedTokensOptions, context: AuthContext) {
    this.#options = options;
    this.#context = context;
  }

  /**
   * What the next attempt depends on: another attempt with the same is one with the same secret.
   * @throws {AuthenticationError} it is known that no token can be used, without a request
   */
  async prepare(): Promise<readonly string[]> {
    await this.#storeTokens();
    // Once for each need, because a function of the caller may ask a vault.
    const token = await this.#options.readSeed();
    this.#seed = token === undefined ? undefined : { token, fingerprint: fingerprint(token) };
    const { record, decision } = await this.#decide();
    if (decision.type === 'stop') throw this.#stopped(decision.why, record);
    return [record?.refreshToken ?? '', this.#seed?.token ?? ''];
  }

  async obtain(secrets: readonly string[]): Promise<IssuedToken> {
    const { clock } = this.#context;
    const until = clock.now() + PATIENCE_MS;
    for (let round = 0; ; ) {
      const { record, version, decision } = await this.#decide();
      if (decision.type === 'stop') throw this.#stopped(decision.why, record);
      if (decision.type === 'use' && record) return this.#use(record);
      if (decision.type === 'wait' && clock.now() < until) {
        await clock.sleep(WAIT_MS);
        continue;
      }
      round += 1;
      if (decision.type === 'wait' || round > MOST_ROUNDS) {
        throw this.#storeError('overtaken', 'Other processes refresh the token all the time');
      }
      if (decision.type === 'refresh') {
        const issued = await this.#refresh(decision, record, version, secrets);
        if (issued) return issued;
      }
    }
  }

  /** Reads the record and decides what to do. */
  async #decide() {
    const { clock } = this.#context;
    const stored = await this.#read();
    const record = stored?.record;
    const decision = decideOnTokens(record, {
      now: clock.now(),
      self: this.#self,
      seed: this.#seed,
      ended: this.#ended,
      subject: this.#subject,
      claimSeenAt: this.#claimSeenAt(record),
    });
    return { record, version: stored?.version, decision };
  }

  #claimSeenAt(record: TokenRecord | undefined): number | undefined {
    const claim = record?.claim && `${record.claim.by} ${record.claim.at}`;
    const now = this.#context.clock.now();
    if (claim === undefined) this.#seen = undefined;
    // A clock that was set back must not make the wait longer.
    else if (this.#seen?.claim !== claim || this.#seen.at > now) this.#seen = { claim, at: now };
    return this.#seen?.at;
  }

  #use(record: TokenRecord): IssuedToken {
    const { accessToken = '', expiresAt } = record;
    const now = this.#context.clock.now();
    this.#ended = accessToken;
    this.#subject ??= record.subject;
    const expiresIn = expiresAt === undefined ? undefined : (expiresAt - now) / 1_000;
    return { accessToken, refreshToken: undefined, expiresIn, requestedAt: now, isBorrowed: true };
  }

  /** Returns undefined if another process was faster. */
  async #refresh(
    decision: TokenDecision & { readonly type: 'refresh' },
    record: TokenRecord | undefined,
    version: string | undefined,
    secrets: readonly string[],
  ): Promise<IssuedToken | undefined> {
    const { refreshToken, seed, afterDeath } = decision;
    const base = record ?? EMPTY;
    const isFirst = base.refreshToken === '';
    const claimed: TokenRecord = {
      ...base,
      // From now on it is the token of the record, and not one on trial.
      ...(isFirst ? { refreshToken } : {}),
      claim: { by: this.#self, at: this.#context.clock.now(), ...(isFirst ? {} : { seed }) },
      deaths: afterDeath ? base.deaths + 1 : 0,
    };
    const claimVersion = await this.#replace(claimed, version);
    if (claimVersion === undefined) return undefined;
    let issued: IssuedToken;
    try {
      issued = await this.#options.refresh(refreshToken, secrets);
    } catch (error) {
      const isFinal = AuthenticationError.isInstance(error) && this.#options.isFinal(error);
      if (!isFinal) {
        await this.#release(claimed, claimVersion, base, mayHaveBeenSent(error));
        throw error;
      }
      return this.#refused(error, { claimed, claimVersion, seed: isFirst ? undefined : seed });
    }
    this.#unstored = {
      issued,
      refreshToken: issued.refreshToken ?? refreshToken,
      consumed: refreshToken,
      isHandedOut: issued.refreshToken === undefined || issued.refreshToken === refreshToken,
    };
    await this.#storeTokens();
    this.#ended = issued.accessToken;
    this.#subject = jwtClaims(issued.accessToken).sub ?? this.#subject;
    // The keeper must come back here for the next token, and not refresh by itself.
    return { ...issued, refreshToken: undefined };
  }

  /** The server has refused the token for good: it is remembered, so that no process sends it again. */
  async #refused(
    error: AuthenticationError,
    { claimed, claimVersion, seed }: { claimed: TokenRecord; claimVersion: string; seed: string | undefined },
  ): Promise<undefined> {
    const { logInAgain } = this.#options;
    const cause =
      claimed.deaths > 0
        ? ' A process died while it refreshed, and the new token is lost with it.'
        : claimed.isUncertain
          ? ' The answer to an earlier refresh was lost, and the new token with it.'
          : '';
    const message = `${asSentence(error.message)}${cause} ${logInAgain}`;
    const { claim: _, ...rest } = claimed;
    const refusal = { message, reason: error.reason };
    const next =
      seed === undefined ? { ...rest, refusal } : { ...rest, refusedSeeds: [...rest.refusedSeeds, seed].slice(-20) };
    // Another process that took this one for dead may have stored a newer token.
    if ((await this.#replace({ ...next, deaths: 0 }, claimVersion)) === undefined) return undefined;
    throw new AuthenticationError(message, { ...error, reason: error.reason });
  }

  /** Gives the claim up after a failure that says nothing about the token. */
  async #release(claimed: TokenRecord, version: string, base: TokenRecord, isUncertain: boolean): Promise<void> {
    const { claim: _, ...rest } = claimed;
    const next = { ...rest, deaths: base.deaths, isUncertain: base.isUncertain || isUncertain };
    // The failure matters more than that of the store. This process may take its own claim again.
    await this.#replace(next, version).catch(() => undefined);
  }

  /**
   * Hands out and stores tokens of an earlier refresh that could not be stored then.
   * @throws {StoreError} | {ConnectionError} it is still not possible; the tokens are kept in memory
   */
  async #storeTokens(): Promise<void> {
    const unstored = this.#unstored;
    if (!unstored) return;
    if (!unstored.isHandedOut) {
      await this.#handOut(unstored.refreshToken);
      unstored.isHandedOut = true;
    }
    const { issued, refreshToken, consumed } = unstored;
    const { sub } = jwtClaims(issued.accessToken);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const stored = await this.#read();
      const record = stored?.record ?? EMPTY;
      const isOurs = record.claim?.by === this.#self || record.refreshToken === consumed || record.refreshToken === '';
      // A new login has taken the place of ours. Its tokens are newer.
      if (!isOurs) break;
      const isOtherUser = sub !== undefined && record.subject !== undefined && record.subject !== sub;
      const next = tokensOf(issued, { refreshToken, consumed, used: isOtherUser ? [] : record.used });
      if ((await this.#replace({ ...next, refusedSeeds: record.refusedSeeds }, stored?.version)) === undefined)
        continue;
      break;
    }
    this.#unstored = undefined;
  }

  async #handOut(refreshToken: string): Promise<void> {
    const { onRotate } = this.#options;
    if (!onRotate) return;
    const { clock, redact } = this.#context;
    const failed = (error: unknown) =>
      new ConnectionError(
        'onRotate failed, so the new refresh token is not used yet. It is kept in memory and handed out again before the next request.',
        { sent: 'no', cause: foreignError(error, redact) },
      );
    try {
      await bounded(() => onRotate(refreshToken), {
        clock,
        timeoutMs: CALL_MS,
        late: () => new Error(`It did not end within ${CALL_MS} ms.`),
      });
    } catch (error) {
      throw failed(error);
    }
  }

  async #read(): Promise<{ readonly record: TokenRecord; readonly version: string } | undefined> {
    const { store, name } = this.#options;
    const stored = await this.#call(() => store.read(name));
    if (!stored) return undefined;
    const record = parseRecord(name, stored.value);
    for (const token of [record.refreshToken, record.accessToken ?? '']) this.#context.keepSecret(token, 'issued');
    return { record, version: stored.version };
  }

  #replace(record: TokenRecord, version: string | undefined): Promise<string | undefined> {
    const { store, name } = this.#options;
    return this.#call(() => store.replace(name, JSON.stringify(record), version));
  }

  async #call<T>(call: () => Promise<T>): Promise<T> {
    const { clock, redact } = this.#context;
    const late = () => new Error(`It did not answer within ${CALL_MS} ms.`);
    try {
      return await bounded(call, { clock, timeoutMs: CALL_MS, late });
    } catch (error) {
      if (StoreError.isInstance(error)) throw error;
      throw this.#storeError('failed', 'The token store failed', foreignError(error, redact));
    }
  }

  #storeError(reason: 'failed' | 'overtaken', what: string, cause?: Error): StoreError {
    const kept = this.#unstored ? ' The new refresh token is kept in memory and stored before the next request.' : '';
    return new StoreError(`${what} (record ${this.#options.name}).${kept}`, { reason, ...(cause ? { cause } : {}) });
  }

  #stopped(why: 'missing' | 'refused' | 'seed-refused' | 'holders-died' | 'other-user', record?: TokenRecord) {
    const { name, logInAgain } = this.#options;
    const said = {
      missing: `There is no refresh token: the options have none, and the token store has no record ${name}. ${logInAgain}`,
      refused: record?.refusal?.message ?? '',
      'seed-refused': `The refresh token of the options was refused before, so it is not sent again. ${logInAgain}`,
      'holders-died': `Two processes died while they refreshed, and the refresh token is lost with them. ${logInAgain}`,
      'other-user': `The record ${name} of the token store now holds the tokens of another user. Give each login a \`name\` of its own.`,
    }[why];
    const reason = why === 'refused' ? record?.refusal?.reason : undefined;
    return new AuthenticationError(said, { status: 401, reason: reason ?? 'login-needed' });
  }
}

/** Whether the server may have got a request, so that it may have used the refresh token. */
function mayHaveBeenSent(error: unknown): boolean {
  if (ConnectionError.isInstance(error)) return error.sent !== 'no';
  return !AuthenticationError.isInstance(error) && !RateLimitError.isInstance(error);
}
