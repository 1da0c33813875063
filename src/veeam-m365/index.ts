export { bearerToken } from '../auth/bearer-token.ts';
export { secretFromEnv } from '../auth/secret-from-env.ts';
export type { AttachOptions, VeeamM365Client } from './client.ts';
export type { RestoreSessionResult } from './events-at-end.ts';
export type { ExploreInput } from './explore.ts';
export type { Job } from './job.ts';
export type { Jobs } from './jobs.ts';
export type { Mailbox } from './mailbox.ts';
export type {
  ItemCounts,
  MailboxOutcome,
  MailboxRestore,
  MailboxRestoreResult,
} from './mailbox-restore-result.ts';
export type { SessionMailboxes } from './mailboxes.ts';
export type { Organization } from './organization.ts';
export type { Organizations } from './organizations.ts';
export type { PageOptions } from './pages.ts';
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
export type { SessionEvent } from './session-event.ts';
export type { SessionScope } from './session-facts.ts';
export type { RestoreSessionInfo } from './session-info.ts';
export type { ExploreType, RestoreSessionType } from './session-type.ts';
export type { StopOptions } from './stop-session.ts';
export { VeeamM365V5Client } from './v5-client.ts';
export { VeeamM365V6Client } from './v6-client.ts';
export { type VeeamPasswordOptions, veeamPassword } from './veeam-password.ts';
