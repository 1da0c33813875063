import type { ApiRequest } from '../http/api-request.ts';
import type { ApiVersion } from './api-version.ts';
import type { RestoreSessionType } from './session-type.ts';
import type { PageQuery, SharedRequests } from './shared-requests.ts';

/** What a session is opened with, checked. */
export interface ExploreRequest {
  /** Only for an organization, since v8. */
  readonly repositoryId?: string;
  /** ISO 8601, UTC. */
  readonly dateTime: string;
  readonly type: RestoreSessionType;
  readonly showDeleted: boolean;
  readonly showAllVersions: boolean;
}

/** How the server logs on to Exchange, secrets in the clear. */
export interface WireCredentials {
  readonly userName?: string;
  readonly userPassword?: string;
  readonly userCode?: string;
  readonly applicationId?: string;
  readonly applicationCertificate?: string;
  readonly applicationCertificatePassword?: string;
  readonly impersonationAccountName?: string;
}

export interface WireSelection {
  readonly changedItems?: boolean;
  readonly deletedItems?: boolean;
  readonly markRestoredAsUnread?: boolean;
  readonly excludeDrafts?: boolean;
  readonly excludeDeletedItems?: boolean;
  readonly excludeInPlaceHoldItems?: boolean;
  readonly excludeLitigationHoldItems?: boolean;
}

export interface WireTarget extends WireSelection {
  readonly mailbox: string;
  readonly casServer?: string;
  readonly folder?: string;
}

export interface WireMailbox {
  readonly id: string;
  readonly name?: string;
  readonly email?: string;
  readonly isArchive?: boolean;
  readonly isPublic?: boolean;
}

export interface WireBulkOrder extends WireSelection {
  readonly mailboxes: readonly WireMailbox[];
  readonly casServer?: string;
  readonly recentItemRestorePeriod?: number;
  readonly skipUnresolved?: boolean;
  readonly onPremisesUserName?: string;
  readonly onPremisesUserPassword?: string;
  readonly domainName?: string;
}

/** The requests of one version: those that all versions share, and those in which they differ (VM-5, VM-6, VM-7). */
export interface Dialect extends SharedRequests {
  readonly version: ApiVersion;
  /** A restore call is answered when the restore has ended (VM-11); else with the id of a session (VM-15). */
  readonly restoresBlock: boolean;
  /** The credentials that a restore takes, of one mailbox and of several. */
  readonly credentials: Readonly<Record<'one' | 'several', readonly (keyof WireCredentials)[]>>;

  exploreOrganization(organizationId: string, request: ExploreRequest): ApiRequest;
  exploreOwnOrganization(request: ExploreRequest): ApiRequest;
  exploreJob(jobId: string, request: ExploreRequest): ApiRequest;
  stopSession(sessionId: string): ApiRequest;

  listMailboxes(sessionId: string, query: PageQuery): ApiRequest;
  getMailbox(sessionId: string, mailboxId: string): ApiRequest;
  restoreMailbox(sessionId: string, mailboxId: string, credentials: WireCredentials): ApiRequest;
  restoreMailboxTo(sessionId: string, mailboxId: string, credentials: WireCredentials, target: WireTarget): ApiRequest;
  restoreMailboxes(sessionId: string, credentials: WireCredentials, order: WireBulkOrder): ApiRequest;
}
