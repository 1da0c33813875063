export { bearerToken } from '../auth/bearer-token.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export { type Backup, type BackupHint, type DatedBackup, findNewBackup } from './backup.ts';
export type { CreateBackupOptions, ListBackupsOptions } from './backups.ts';
export type { BoundApp, ServiceBinding } from './binding.ts';
export type { ListBindingsOptions, SharedSpace } from './bindings.ts';
export { type CloudFoundryAttachOptions, CloudFoundryClient, type CloudFoundryClientOptions } from './client.ts';
export type { CreatedBackup } from './created-backup.ts';
export type { CloudFoundryTarget, FindServiceInstance } from './find-instance.ts';
export type { ServiceInstanceFilter, TimeBounds } from './instance-filter.ts';
export type { CloudFoundryJob } from './job.ts';
export type {
  CloudFoundryRestorePoint,
  CloudFoundryRestoreSource,
  FromBackup,
  FromPointInTime,
} from './restore-source.ts';
export type { LastOperation, NamedResource, ServiceInstance, ServiceOffering } from './service-instance.ts';
export type { RestoreServiceInstanceInput } from './service-instances.ts';
export {
  type UaaClientCredentialsOptions,
  type UaaPasswordOptions,
  uaaClientCredentials,
  uaaPassword,
} from './uaa.ts';
export {
  type UaaClientAssertionOptions,
  type UaaJwtBearerOptions,
  uaaClientAssertion,
  uaaJwtBearer,
} from './uaa-assertions.ts';
export { type UaaPasscodeOptions, uaaPasscode } from './uaa-passcode.ts';
