export { type BasicAuthOptions, basicAuth } from '../auth/basic-auth.ts';
export { bearerToken } from '../auth/bearer-token.ts';
export type { DeviceCode } from '../auth/device-login.ts';
export { encryptedTokenStore } from '../auth/encrypted-token-store.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export { memoryTokenStore, type StoredTokens, type TokenStore } from '../auth/token-store.ts';
export type { ByteStream, Download, DownloadOptions, DownloadPosition } from '../http/download.ts';
export type { TransferProgress, TransferResult } from '../http/transfer.ts';
export type { UploadOptions, UploadSource } from '../http/upload.ts';
export type { EpmBackupKind } from './backup-name.ts';
export type { AttachCopyOptions, CopyBackupInput, LatestBackupOptions } from './backups.ts';
export { type AttachJobOptions, type EpmAttachOptions, OracleEpmClient } from './client.ts';
export type { DownloadFileOptions, EpmDownload, EpmDownloadResult } from './download-file.ts';
export type { CloneEnvironmentInput, CloneParts, RestoreEnvironmentInput } from './environment.ts';
export type { EpmBackup } from './epm-backup.ts';
export { type EpmDeviceLoginOptions, type EpmLogin, epmDeviceLogin } from './epm-device-login.ts';
export type { EpmFile, EpmFileKind } from './epm-file.ts';
export { type EpmJwtAssertionOptions, epmJwtAssertion } from './epm-jwt-assertion.ts';
export { type EpmOAuthOptions, epmOAuth } from './epm-oauth.ts';
export type { ObjectStorageInput } from './files.ts';
export type { EpmJobResult } from './job-reports.ts';
export type { MaintenanceWindow, RunMaintenanceInput, SetMaintenanceInput } from './maintenance.ts';
export type { MigrationMessage } from './migration-messages.ts';
export type { RestoreFlags } from './restore-flags.ts';
export type {
  CopySnapshotInput,
  ExportSnapshotInput,
  ImportSnapshotInput,
  RecreateInput,
  RenameSnapshotInput,
} from './snapshots.ts';
export type { EpmUpload, UploadFileInput, UploadFileOptions } from './upload-file.ts';
