/** The credentials of the emulated portal. */
export interface DocSpaceCredentials {
  /** Sent as `Authorization: Bearer <apiKey>`. */
  readonly apiKey: string;
  readonly userName: string;
  readonly password: string;
  /** A session that is open when the emulator is made: cookie `asc_auth_key`, or `Authorization: [Bearer ]<token>`. */
  readonly sessionToken: string;
}

/** The default credentials of an emulator. */
export const docspaceCredentials: DocSpaceCredentials = {
  apiKey: 'sk-3c1d7a90e24f4b6f8a5509be17d2c36471f0ab9d5e8842c3b6d7150f9ea3c4b8',
  userName: 'owner@portal.example.com',
  password: 'emulated-password',
  sessionToken: 'b7Jw2kQ0vTz8HsXn4LrYc9EoPd1GfMu6AiVt3ZqBx5NhRyWe',
};
