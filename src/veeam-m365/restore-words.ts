import type { CallOptions } from '../client/client-options.ts';
import type { OfficeRegion } from './option-fields.ts';
import type { ExchangeCredentials } from './restore-options.ts';

/** How the server logs on to Microsoft 365. If all fields are left out, it uses the account of the organization. */
export interface RestoreCredentials extends Omit<ExchangeCredentials, 'impersonationAccountName'> {}

export interface CommonRestoreOptions extends CallOptions {
  /** Your own remark, such as a ticket. It is part of the handle, the events and the errors. No secret. */
  readonly note?: string | undefined;
}

/** What happens where a document is still there: it is overwritten, or kept. */
export type DocumentAction = 'overwrite' | 'keep' | 'Overwrite' | 'Keep';

export type DocumentVersions = 'all' | 'last' | 'All' | 'Last';

/** Options of OneDrive and SharePoint for the versions of documents. */
export interface VersionOptions {
  /** Which versions are restored. @default the server's own, which is not documented */
  readonly documentVersion?: DocumentVersions | undefined;
  /** What happens to the last version that is still there. @default the server's own, which is not documented */
  readonly documentLastVersionAction?: 'overwrite' | 'merge' | 'Overwrite' | 'Merge' | undefined;
}

/** Another organization of Microsoft 365 as the target. Since v6. */
export interface OrganizationOptions {
  readonly officeRegion?: OfficeRegion | undefined;
  /** Its name, such as `abc.onmicrosoft.com`. */
  readonly organizationName?: string | undefined;
}

/** Which items are restored. For a field that is left out, the server uses its own default, which is not documented. */
export interface ChangeOptions {
  /** Items that differ from the backup. */
  readonly changedItems?: boolean | undefined;
  /** Items that are missing. */
  readonly deletedItems?: boolean | undefined;
}

export interface PermissionOptions {
  readonly restorePermissions?: boolean | undefined;
  /** Tells people by mail that something was shared with them. */
  readonly sendSharedLinksNotification?: boolean | undefined;
}

/** A restore operator may give a reason. The server shows it in the session. */
export interface OperatorOptions extends CommonRestoreOptions {
  readonly reason?: string | undefined;
}
