export type { Auth, AuthKind, Secret } from './auth.ts';
export { type BasicAuthOptions, basicAuth } from './basic-auth.ts';
export { bearerToken } from './bearer-token.ts';
export { docspaceApiKey } from './docspace-api-key.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './uaa.ts';
export { type VeeamPasswordOptions, veeamPassword } from './veeam-password.ts';
