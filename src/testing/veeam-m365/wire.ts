import type { components as v5 } from '../../../generated/veeam-m365-v5.d.ts';
import type { components as v6 } from '../../../generated/veeam-m365-v6.d.ts';

type V5 = v5['schemas'];
type V6 = v6['schemas'];

// Bodies that both versions answer alike have to be true to both.
export type Token = V5['Token'] & V6['Token'];
export type ServiceInstance = V5['ServiceInstance'] & V6['ServiceInstance'];
export type Organization = V5['Organization'] & V6['Organization'];
export type Job = V5['Job'] & V6['Job'];
export type RestorePointBody = V6['RestorePoint'];
export type RestoreSession = V5['RestoreSession'] & V6['RestoreSession'];
export type RestoreSessionEvent = V5['RestoreSessionEvent'] & V6['RestoreSessionEvent'];
export type Mailbox = V5['Mailbox'] & V6['Mailbox'];
export type MailboxRestoreStatistics = V5['MailboxRestoreStatistics'] & V6['MailboxRestoreStatistics'];
export type BulkMailboxRestoreStatistics = V5['BulkMailboxRestoreStatistics'] & V6['BulkMailboxRestoreStatistics'];
