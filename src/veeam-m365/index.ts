export { bearerToken } from '../auth/bearer-token.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export type { ByteStream, Download, DownloadOptions } from '../http/download.ts';
export type { TransferProgress, TransferResult } from '../http/transfer.ts';
export type { ApiVersion } from './api-version.ts';
export { type AttachOptions, VeeamM365Client } from './client.ts';
export type { DataRetrievals } from './data-retrievals.ts';
export type { DeviceCode, DeviceCodeOptions } from './device-code.ts';
export type { RestoreSessionResult } from './events-at-end.ts';
export type { ExploreInput } from './explore.ts';
export type { Job } from './job.ts';
export type { JobFilter, Jobs } from './jobs.ts';
export type { Mailbox } from './mailbox.ts';
export type {
  ExportToPstOptions,
  MailboxFolders,
  MailboxItemRef,
  MailboxItems,
  OperatorRestoreItemsOptions,
} from './mailbox-folders.ts';
export type {
  ItemCounts,
  MailboxOutcome,
  MailboxRestore,
  MailboxRestoreResult,
} from './mailbox-restore-result.ts';
export type { SessionMailboxes } from './mailboxes.ts';
export type {
  CopyDocumentOptions,
  CopyOneDriveOptions,
  OneDriveDocuments,
  OneDriveFolders,
  RestoreDocumentOptions,
  RestoreOneDriveOptions,
  RestoreOneDrivesOptions,
  SessionOneDrives,
} from './one-drives.ts';
export type {
  OperatorExploreInput,
  OperatorGroup,
  OperatorScope,
  OperatorSite,
  OperatorTeam,
  OperatorUser,
  RestoreOperator,
} from './operator.ts';
export type { OfficeRegion } from './option-fields.ts';
export type { Organization } from './organization.ts';
export type { ExploreOrganizationInput, Organizations } from './organizations.ts';
export type { PageOptions } from './pages.ts';
export type { ExploreRepositoryInput, Repositories } from './repositories.ts';
export type { SessionRestore } from './restore-below.ts';
export type {
  RestoredMany,
  RestoredOne,
  RestoreManyOptions,
  RestoreManyStore,
} from './restore-many.ts';
export type {
  ExchangeCredentials,
  ItemSelection,
  RestoreMailboxesOptions,
  RestoreMailboxOptions,
  RestoreTarget,
} from './restore-options.ts';
export type { RestorePoint } from './restore-point.ts';
export type { RestorePointFilter, RestorePoints } from './restore-points.ts';
export type { RestoreCounts, RestoredItem, RestoreIssue, SessionRestoreResult } from './restore-result.ts';
export type { RestoreSession } from './restore-session.ts';
export type { RestoreSessionFilter, RestoreSessions } from './restore-sessions.ts';
export type {
  ChangeOptions,
  CommonRestoreOptions,
  DocumentAction,
  DocumentVersions,
  OperatorOptions,
  OrganizationOptions,
  PermissionOptions,
  RestoreCredentials,
  VersionOptions,
} from './restore-words.ts';
export type { SessionEvent } from './session-event.ts';
export type { SessionScope } from './session-facts.ts';
export type { SaveOptions } from './session-file.ts';
export type { RestoreSessionInfo } from './session-info.ts';
export type { SessionItem } from './session-item.ts';
export type {
  FoundTeamItem,
  MailboxFolder,
  MailboxItem,
  OneDrive,
  Site,
  SiteList,
  StoredItem,
  Team,
  TeamChannel,
  TeamFile,
  TeamPost,
  TeamTab,
} from './session-items.ts';
export type { ExploreType, RestoreSessionType } from './session-type.ts';
export type {
  OperatorRestoreSiteOptions,
  RestoreListOptions,
  RestoreListToOptions,
  RestoreSiteItemsOptions,
  RestoreSiteItemsToOptions,
  RestoreSiteOptions,
  RestoreSiteToOptions,
  SessionSites,
  SiteDocuments,
  SiteFolders,
  SiteItems,
  SiteLibraries,
  SiteLists,
  SiteTarget,
  SiteVersionedItems,
} from './sites.ts';
export type { StopOptions } from './stop-session.ts';
export type { Chosen, FolderFilter } from './stored-items.ts';
export type {
  OperatorRestoreChannelOptions,
  OperatorRestoreTeamOptions,
  PostPeriod,
  RestoreChannelOptions,
  RestoreFilesOptions,
  RestorePostsOptions,
  RestoreTabsOptions,
  RestoreTeamOptions,
  SessionTeams,
  TabChanges,
  TeamChanges,
  TeamChannels,
  TeamFiles,
  TeamParts,
  TeamPosts,
  TeamTabs,
} from './teams.ts';
export type { Tenant } from './tenant.ts';
export { VeeamM365V5Client } from './v5-client.ts';
export { VeeamM365V6Client } from './v6-client.ts';
export { VeeamM365V7Client } from './v7-client.ts';
export { VeeamM365V8Client } from './v8-client.ts';
export { type VeeamPasswordOptions, veeamPassword } from './veeam-password.ts';
export { type VeeamRestoreOperatorOptions, veeamRestoreOperator } from './veeam-restore-operator.ts';
export { type VeeamTenantOptions, veeamTenant } from './veeam-tenant.ts';
export {
  type WithRestoreSessionInput,
  type WithRestoreSessionOptions,
  withRestoreSession,
} from './with-restore-session.ts';
