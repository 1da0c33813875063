import { ConfigurationError } from '../errors/configuration-error.ts';
import { optionalFunctions, optionalText } from '../errors/require.ts';
import type { AuthContext, Secret } from './auth.ts';
import { requireSecret } from './check-secret.ts';
import { secretReader } from './secret-reader.ts';
import { memoryTokenStore, requireTokenStore, type TokenStore } from './token-store.ts';

/** Options of a login whose refresh token may work only once. */
export interface SharedTokenOptions {
  /**
   * The refresh token of a person. A function is called again for each refresh, so a new login is used without a restart.
   * If the store knows a newer token of the same login, that one is used. It may be left out if the store has a record.
   */
  readonly refreshToken?: Secret | undefined;
  /**
   * Is given each new refresh token before it is used, and before it is stored. If it throws or takes more than 10 s, the
   * token is kept in memory and handed out again before the next request.
   */
  readonly onRotate?: ((refreshToken: string) => void | Promise<void>) | undefined;
  /** Shared by all processes with this login. @default one in memory, which needs `onRotate` */
  readonly store?: TokenStore | undefined;
  /** The record of this login in the store. Two users of one client need different names. @default host and client id */
  readonly name?: string | undefined;
}

export const SHARED_TOKEN_OPTIONS = ['refreshToken', 'onRotate', 'store', 'name'] as const;

/** The options, checked. */
export interface CheckedTokenOptions {
  readonly store: TokenStore;
  readonly name: string | undefined;
  readonly onRotate: SharedTokenOptions['onRotate'];
  /** Makes the reader of the refresh token for one client. */
  readonly seedReader: (context: AuthContext) => () => Promise<string | undefined>;
}

/** @throws {ConfigurationError} a field is wrong, or a new token would be lost with this process */
export function checkSharedTokens(options: SharedTokenOptions): CheckedTokenOptions {
  const { refreshToken, onRotate } = options;
  const seed = refreshToken === undefined ? undefined : requireSecret('auth.refreshToken', refreshToken);
  optionalFunctions(options, 'onRotate');
  const name = optionalText('auth.name', options.name);
  if (options.store === undefined && seed === undefined) {
    throw new ConfigurationError('auth.refreshToken', 'is needed, or a `store` that holds a login.');
  }
  if (options.store === undefined && onRotate === undefined) {
    throw new ConfigurationError(
      'auth.store',
      'is needed, or `onRotate`: a refresh token works once, and the next one would be lost with this process.',
    );
  }
  return {
    store: options.store === undefined ? memoryTokenStore() : requireTokenStore('auth.store', options.store),
    name,
    onRotate,
    seedReader: (context) => {
      if (seed === undefined) return async () => undefined;
      return secretReader('auth.refreshToken', seed, context);
    },
  };
}
