/** The credentials of the emulated portal. */
export interface DocSpaceCredentials {
  /** Sent as `Authorization: Bearer <apiKey>`. */
  readonly apiKey: string;
  readonly userName: string;
  readonly password: string;
  /** A session that is open when the emulator is made: cookie `asc_auth_key`, or `Authorization: [Bearer ]<token>`. */
  readonly sessionToken: string;
  /** Codes of the second factor, if the scenario has one; each works once. */
  readonly codes: readonly string[];
  /** The OAuth application, with a refresh token of the user. */
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** The default credentials of an emulator. */
export const docspaceCredentials: DocSpaceCredentials = {
  apiKey: 'sk-3c1d7a90e24f4b6f8a5509be17d2c36471f0ab9d5e8842c3b6d7150f9ea3c4b8',
  userName: 'owner@portal.example.com',
  password: 'emulated-password',
  sessionToken: 'b7Jw2kQ0vTz8HsXn4LrYc9EoPd1GfMu6AiVt3ZqBx5NhRyWe',
  codes: ['135791', '246802'],
  clientId: '695d37b7-18aa-4033-91b4-09690178e99a',
  clientSecret: 'emulated-client-secret',
  refreshToken: 'emulated-refresh-token',
};
