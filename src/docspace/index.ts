export { type BasicAuthOptions, basicAuth } from '../auth/basic-auth.ts';
export { bearerToken } from '../auth/bearer-token.ts';
export { encryptedTokenStore } from '../auth/encrypted-token-store.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export { memoryTokenStore, type StoredTokens, type TokenStore } from '../auth/token-store.ts';
export type { TransferProgress } from '../http/transfer.ts';
export type { UploadSource } from '../http/upload.ts';
export type { BackupOperation } from './backup.ts';
export type { BackupProgress } from './backup-progress.ts';
export type { BackupRecord } from './backup-record.ts';
export type { BackupResult } from './backup-result.ts';
export type {
  BackupTarget,
  ToDataStore,
  ToDocuments,
  ToLocalFolder,
  ToThirdPartyConsumer,
} from './backup-target.ts';
export type { BackupAttachOptions, BackupQuery, Backups, CreateBackupInput, DeletedBackups } from './backups.ts';
export { type DocSpaceAttachOptions, DocSpaceClient } from './client.ts';
export type { BackupCountQuery, BackupCounts, BackupPeriodQuery } from './counts.ts';
export { docspaceApiKey } from './docspace-api-key.ts';
export { type DocSpaceOAuthOptions, docspaceOAuth } from './docspace-oauth.ts';
export { type DocSpacePasswordOptions, type DocSpaceSecondFactor, docspacePassword } from './docspace-password.ts';
export { docspaceToken } from './docspace-token.ts';
export type { Portal, RestoreProgressQuery } from './portal.ts';
export type { RestoreProgress } from './progress-record.ts';
export type { NewApiKey, NewApiKeyOptions, Reconnected, ReconnectOptions } from './reconnect.ts';
export type {
  DocSpaceRestoreSource,
  FromBackupRecord,
  FromDataStore,
  FromDocument,
  FromLocalFile,
  FromThirdPartyConsumer,
  RestorePortalInput,
} from './restore-source.ts';
export type { BackupSchedule, BackupScheduleInput, BackupTime, Schedule, Weekday } from './schedule.ts';
export type { PortalSettings } from './settings.ts';
export type { BackupStorage } from './storage-types.ts';
export type { UploadArchiveOptions, UploadedArchive } from './upload-archive.ts';
