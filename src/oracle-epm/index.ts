export { type BasicAuthOptions, basicAuth } from '../auth/basic-auth.ts';
export { bearerToken } from '../auth/bearer-token.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export type { EpmBackupKind } from './backup-name.ts';
export type { AttachCopyOptions, CopyBackupInput, LatestBackupOptions } from './backups.ts';
export { type EpmAttachOptions, OracleEpmClient } from './client.ts';
export type { RestoreEnvironmentInput } from './environment.ts';
export type { EpmBackup } from './epm-backup.ts';
export type { RestoreFlags } from './restore-flags.ts';
