export { bearerToken } from '../auth/bearer-token.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export { type Backup, findNewBackup } from './backups.ts';
export { type AttachOptions, CloudFoundryClient } from './client.ts';
export type { Job } from './job.ts';
export type { FromBackup, FromPointInTime, RestoreSource } from './restore-source.ts';
export type { LastOperation, ServiceInstance } from './service-instance.ts';
export type { RestoreServiceInstanceInput, ServiceInstanceFilter } from './service-instances.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './uaa.ts';
