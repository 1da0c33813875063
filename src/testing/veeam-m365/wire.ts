import type { components as v5 } from '../../../generated/veeam-m365-v5.d.ts';
import type { components as v6 } from '../../../generated/veeam-m365-v6.d.ts';
import type { components as v7 } from '../../../generated/veeam-m365-v7.d.ts';
import type { components as v8 } from '../../../generated/veeam-m365-v8.d.ts';

type V5 = v5['schemas'];
type V6 = v6['schemas'];
type V7 = v7['schemas'];
type V8 = v8['schemas'];
type Of<Name extends keyof V5 & keyof V6 & keyof V7 & keyof V8> = V5[Name] & V6[Name] & V7[Name] & V8[Name];
type UpToV7<Name extends keyof V5 & keyof V6 & keyof V7> = V5[Name] & V6[Name] & V7[Name];

// Bodies that all versions answer alike have to be true to all.
export type Token = Of<'Token'>;
export type ServiceInstance = Of<'ServiceInstance'>;
export type License = Of<'License'>;
export type Organization = Of<'Organization'>;
export type OwnOrganization = Of<'OwnOrganization'>;
export type Job = Of<'Job'>;
export type RestorePointBody = V6['RestorePoint'] & V7['RestorePoint'] & V8['RestorePoint'];
export type RestoreSession = Of<'RestoreSession'>;
export type RestoreSessionEvent = Of<'RestoreSessionEvent'>;
export type Mailbox = Of<'Mailbox'>;
export type MailboxRestoreStatistics = UpToV7<'MailboxRestoreStatistics'>;
export type BulkMailboxRestoreStatistics = UpToV7<'BulkMailboxRestoreStatistics'>;
export type RestoreSessionStatistics = V8['RestoreSessionStatistics'];
