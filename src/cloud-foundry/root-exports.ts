export { CloudFoundryClient } from './client.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './uaa.ts';
