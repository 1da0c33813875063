import { FilledTextSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());

export const OrganizationSchema = z.looseObject({
  id: z.string(),
  name: text,
  officeName: text,
  type: text,
  region: text,
  isExchangeOnline: flag,
  isSharePointOnline: flag,
  isTeamsOnline: flag,
  // The casing is the vendor's (VM-10).
  isBackedup: flag,
  firstBackuptime: text,
  lastBackuptime: text,
});

export const JobSchema = z.looseObject({
  id: z.string(),
  name: text,
  description: text,
  backupType: text,
  repositoryId: text,
  isEnabled: flag,
  lastStatus: text,
  lastRun: text,
  nextRun: text,
  lastBackup: text,
  organizationId: text,
});

export const LicenseSchema = z.looseObject({ status: text });

export const OwnOrganizationSchema = z.looseObject({
  id: z.string(),
  name: text,
  type: text,
  isBackedup: flag,
  firstBackuptime: text,
  lastBackuptime: text,
});

export const RestorePointSchema = z.looseObject({
  id: z.string(),
  backupTime: text,
  jobId: text,
  organizationId: text,
  repositoryId: text,
  isExchange: flag,
  isSharePoint: flag,
  isOneDrive: flag,
  isTeams: flag,
});

export const SessionSchema = z.looseObject({
  id: z.string(),
  name: text,
  organization: text,
  type: text,
  creationTime: text,
  endTime: text,
  state: z.string(),
  result: text,
  initiatedBy: text,
  details: text,
  scopeName: text,
  clientHost: text,
  reason: text,
});

/** All that must be read of the answer to a start: with the id the session can be followed and stopped. */
export const OpenedSessionSchema = z.looseObject({ id: FilledTextSchema });

export const EventSchema = z.looseObject({
  id: z.string(),
  type: text,
  status: z.string(),
  title: text,
  message: text,
  order: z.nullish(z.number()),
  startTime: text,
  endTime: text,
  duration: text,
  itemName: text,
  itemType: text,
  itemSizeBytes: z.nullish(z.number()),
  source: text,
  target: text,
});

export const MailboxSchema = z.looseObject({
  id: z.string(),
  name: text,
  email: text,
  // Text in quotes in the documents up to v4.
  isArchive: z.optional(z.unknown()),
  isPublic: z.optional(z.unknown()),
});

const LinksSchema = z.nullish(z.looseObject({ next: z.nullish(z.looseObject({ href: text })) }));

/** No total is relied upon: it is null or gone (VM-23). */
export function pageSchema<Item>(item: z.SchemaOf<Item>) {
  return z.looseObject({ limit: z.nullish(z.number()), results: z.array(item), _links: LinksSchema });
}
