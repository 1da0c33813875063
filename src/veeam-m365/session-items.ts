import type { SessionItem } from './session-item.ts';

// Things in a session, with the vendor's names of their fields. The server may leave out every field but the id.

/** A folder of a mailbox. */
export interface MailboxFolder extends SessionItem {
  readonly name?: string;
  /** `Journal`, `Task`, `StickyNote`, `Contact`, `Appointment` or `None`. */
  readonly type?: string;
  /** `Inbox`, `Sent`, `Drafts` and so on, `None` for other folders. */
  readonly category?: string;
  readonly description?: string;
}

/** A message, an appointment, a contact or another item of a mailbox. Which fields it has depends on `itemClass`. */
export interface MailboxItem extends SessionItem {
  /** Class of Exchange, such as `IPM.Note`. */
  readonly itemClass?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly sent?: string;
  readonly received?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly displayAs?: string;
  readonly fullName?: string;
  readonly name?: string;
  readonly [field: string]: unknown;
}

/** The OneDrive of a person. */
export interface OneDrive extends SessionItem {
  readonly name?: string;
  readonly url?: string;
}

/** A folder or a document of a OneDrive or a site, or an item of a list. Its texts are sent back when it is restored. */
export interface StoredItem extends SessionItem {
  readonly name?: string;
  readonly title?: string;
  readonly sizeBytes?: number;
  readonly version?: string;
  /** The number of this version, for `versionId` of a restore. */
  readonly versionId?: number;
  readonly createdBy?: string;
  readonly creationTime?: string;
  readonly modifiedBy?: string;
  readonly modificationTime?: string;
  /** Since v7. */
  readonly isFolder?: boolean;
}

export interface Site extends SessionItem {
  readonly name?: string;
  readonly url?: string;
}

/** A library or a list of a site. */
export interface SiteList extends SessionItem {
  readonly name?: string;
  readonly url?: string;
  readonly description?: string;
}

export interface Team extends SessionItem {
  readonly displayName?: string;
  readonly description?: string;
  readonly groupEmail?: string;
  readonly alias?: string;
  readonly privacy?: string;
  readonly isArchived?: boolean;
}

export interface TeamChannel extends SessionItem {
  readonly displayName?: string;
}

export interface TeamTab extends SessionItem {
  readonly displayName?: string;
  readonly contentUrl?: string;
  readonly type?: string;
  /** Since v7. */
  readonly channelId?: string;
}

export interface TeamFile extends SessionItem {
  readonly name?: string;
  readonly sizeBytes?: number;
  readonly version?: number;
  readonly modifiedBy?: string;
  readonly fileType?: string;
  /** Since v7. */
  readonly channelId?: string;
}

/** A post of a channel. Its `id` is the text of `postId`. */
export interface TeamPost extends SessionItem {
  readonly postId: number;
  readonly subject?: string;
  readonly author?: string;
  readonly isImportant?: boolean;
  readonly createdTime?: string;
  readonly lastModifiedTime?: string;
  /** Since v7. */
  readonly channelId?: string;
}

/** A tab, a file or a post that a search found. */
export interface FoundTeamItem extends SessionItem {
  readonly postId?: number;
  readonly displayName?: string;
  readonly name?: string;
  readonly subject?: string;
  readonly channelId?: string;
}
