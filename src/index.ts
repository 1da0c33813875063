export type { Auth, AuthKind, Secret } from './auth/auth.ts';
export { type BasicAuthOptions, basicAuth } from './auth/basic-auth.ts';
export { bearerToken } from './auth/bearer-token.ts';
export { docspaceApiKey } from './auth/docspace-api-key.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './auth/uaa.ts';
export { type VeeamPasswordOptions, veeamPassword } from './auth/veeam-password.ts';
export type { CallOptions, ClientEvent, ClientOptions } from './client/client-options.ts';
export type { Items } from './client/items.ts';
export { type ResumingClient, resume } from './client/resume.ts';
export { CloudFoundryClient } from './cloud-foundry/client.ts';
