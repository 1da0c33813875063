import type { Entry } from './entries.ts';
import type { Linker } from './links.ts';
import type { VeeamVersion } from './scenario.ts';
import { type LiveMailbox, organizationName, type RestorePoint } from './tenant.ts';
import { veeamTime } from './wire-time.ts';

const HOUR_MS = 3_600_000;

/** Where a body is shown. */
export interface Shown {
  readonly version: VeeamVersion;
  readonly thing: LiveMailbox;
  readonly point: RestorePoint;
  readonly link: Linker;
  /** The path of the thing itself. */
  readonly path: string;
}

/** A OneDrive, a site or a team. */
export function thingBody(thing: LiveMailbox, link: Linker, path: string): object {
  const { id, name, url, workload } = thing;
  const _links = { self: { href: link(path) } };
  if (workload !== 'Vet') return { id, name, url, _links };
  return {
    id,
    displayName: name,
    description: `Team ${name}`,
    groupEmail: `${name.toLowerCase()}@${organizationName}`,
    alias: name.toLowerCase(),
    privacy: 'Private',
    isArchived: false,
    _links,
  };
}

/** Something inside a mailbox, a OneDrive, a site or a team, with the fields of its version. */
export function entryBody(entry: Entry, shown: Shown, versionId = shown.point.generation + 1): object {
  const { version, thing, point, link, path } = shown;
  const { id, name, kind, parentId } = entry;
  const changedAt = veeamTime(point.at - HOUR_MS);
  const _links = { self: { href: link(path) } };
  const sinceV7 = version >= 'v7';
  const sinceV8 = version >= 'v8';
  const owner = sinceV8 ? { [ownerOf(thing)]: thing.id } : {};
  const channel = sinceV7 ? { channelId: parentId } : {};
  const stored = {
    id,
    name,
    version: `${versionId}.0`,
    versionId,
    createdBy: 'Ann',
    creationTime: veeamTime(point.at - 24 * HOUR_MS),
    modifiedBy: 'Ann',
    modificationTime: changedAt,
    ...owner,
    _links,
  };
  const marked = sinceV7 ? { isFolder: kind === 'folder' } : {};
  switch (kind) {
    case 'message':
      return {
        id,
        itemClass: 'IPM.Note',
        subject: name,
        from: 'ann@abc.onmicrosoft.com',
        to: thing.email,
        sent: changedAt,
        received: changedAt,
        reminder: false,
        ...owner,
        _links,
      };
    case 'folder':
      if (thing.workload === 'Vex') {
        return { id, name, type: 'None', category: name === 'Inbox' ? 'Inbox' : 'None', ...owner, _links };
      }
      return {
        ...stored,
        ...marked,
        ...(thing.workload === 'Vesp' && { type: parentId === 'list-1' ? 'ListFolder' : 'LibraryFolder' }),
      };
    case 'document':
      return { ...stored, sizeBytes: sizeOf(entry), ...marked };
    case 'item':
      return { ...stored, title: name, ...marked };
    case 'library':
    case 'list':
      return {
        id,
        name,
        url: `${thing.url}/${name}`,
        description: '',
        creationTime: stored.creationTime,
        ...owner,
        _links,
      };
    case 'channel':
      return { id, displayName: name, ...owner, ...(sinceV8 && { type: 'Standard' }), _links };
    case 'tab':
      return {
        id,
        displayName: name,
        contentUrl: 'https://example.com/tab',
        type: 'Website',
        ...channel,
        ...owner,
        _links,
      };
    case 'file':
      return {
        id,
        name,
        sizeBytes: sizeOf(entry),
        version: versionId,
        modified: changedAt,
        modifiedBy: 'Ann',
        fileType: 'File',
        ...(sinceV7 && { uiVersion: `${versionId}.0` }),
        ...channel,
        ...owner,
        _links,
      };
    case 'post':
      return {
        postId: Number(id),
        isImportant: false,
        author: 'Ann',
        subject: name,
        createdTime: stored.creationTime,
        lastModifiedTime: changedAt,
        attachments: [],
        ...channel,
        ...owner,
        _links,
      };
  }
}

function ownerOf({ workload }: LiveMailbox): string {
  return { Vex: 'mailboxId', Veod: 'oneDriveId', Vesp: 'siteId', Vet: 'teamId' }[workload];
}

function sizeOf({ content = '' }: Entry): number {
  return new TextEncoder().encode(content).byteLength;
}
