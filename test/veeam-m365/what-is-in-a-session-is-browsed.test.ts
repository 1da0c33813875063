import { describe, expect, it } from 'vitest';
import { ConfigurationError, RequestTimeoutError, SelectionError } from '../../src/errors/index.ts';
import type { RestoreSession } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';
import { MAILBOX, VERSIONS } from './support.ts';

const DRIVE = '8507931c-4561-4ddf-bc90-000000000001';
const SITE = 'abc.sharepoint.com,site-1';
const TEAM = '1f6c2b9a-0d4e-4b57-8a3c-000000000001';
const GENERAL = '19:general@thread.tacv2';

type Product = 'exchange' | 'onedrive' | 'sharepoint' | 'teams';
type Listed = { toArray(): Promise<readonly { readonly id: string }[]> };

/** Lists, and how many things each has. */
const LISTS: Readonly<Record<string, readonly [Product, (session: RestoreSession) => Listed, number]>> = {
  'folders of a mailbox': ['exchange', ({ mailboxes }) => mailboxes.folders.list(MAILBOX), 2],
  'a folder by its name': ['exchange', ({ mailboxes }) => mailboxes.folders.list(MAILBOX, { name: 'Inbox' }), 1],
  'items of a mailbox': ['exchange', ({ mailboxes }) => mailboxes.items.list(MAILBOX), 52],
  'items of a folder': [
    'exchange',
    ({ mailboxes }) => mailboxes.items.list(MAILBOX, { folderId: 'folder-inbox', limit: 7 }),
    26,
  ],
  OneDrives: ['onedrive', ({ oneDrives }) => oneDrives.list(), 2],
  'folders of a OneDrive': ['onedrive', ({ oneDrives }) => oneDrives.folders.list(DRIVE), 2],
  'documents of a OneDrive': ['onedrive', ({ oneDrives }) => oneDrives.documents.list(DRIVE, { limit: 5 }), 12],
  sites: ['sharepoint', ({ sites }) => sites.list(), 2],
  libraries: ['sharepoint', ({ sites }) => sites.libraries.list(SITE), 1],
  lists: ['sharepoint', ({ sites }) => sites.lists.list(SITE), 1],
  'folders of a site': ['sharepoint', ({ sites }) => sites.folders.list(SITE), 2],
  'documents of a site': ['sharepoint', ({ sites }) => sites.documents.list(SITE), 6],
  'documents of a folder of a site': [
    'sharepoint',
    ({ sites }) => sites.documents.list(SITE, { parentId: 'folder-1' }),
    3,
  ],
  'items of a site': ['sharepoint', ({ sites }) => sites.items.list(SITE), 6],
  teams: ['teams', ({ teams }) => teams.list(), 2],
  channels: ['teams', ({ teams }) => teams.channels.list(TEAM), 2],
  'tabs of a channel': ['teams', ({ teams }) => teams.tabs.list(TEAM, GENERAL), 2],
  'files of a team': ['teams', ({ teams }) => teams.files.list(TEAM), 4],
  'posts of a channel': ['teams', ({ teams }) => teams.posts.list(TEAM, { channelId: GENERAL }), 2],
};

const SEARCHES: typeof LISTS = {
  'items in all mailboxes': ['exchange', ({ mailboxes }) => mailboxes.search('message 52'), 3],
  'items in a folder': [
    'exchange',
    ({ mailboxes }) => mailboxes.items.search(MAILBOX, 'message 1', { folderId: 'folder-inbox' }),
    6,
  ],
  'documents in all OneDrives': ['onedrive', ({ oneDrives }) => oneDrives.search('report 12'), 2],
  'documents in a OneDrive': ['onedrive', ({ oneDrives }) => oneDrives.search('report 12', { oneDriveId: DRIVE }), 1],
  'things in a site': ['sharepoint', ({ sites }) => sites.search('contact', { siteId: SITE }), 6],
  'files in a team': ['teams', ({ teams }) => teams.search(TEAM, 'plan', { type: 'files' }), 4],
  'posts of a team': ['teams', ({ teams }) => teams.posts.search(TEAM, 'post 3'), 1],
};

describe.each(VERSIONS)('%s', (version) => {
  it.each(Object.entries(LISTS))('VM-23: %s are listed over all pages', async (_, [type, list, count]) => {
    const { open, requests } = stage(version);
    const found = await list(await open(type)).toArray();

    expect(new Set(found.map(({ id }) => id)).size).toBe(count);
    expect(requests.problems).toEqual([]);
  });

  it.each(Object.entries(SEARCHES))('%s are found, since v6', async (_, [type, search, count]) => {
    const { open, requests, emulator } = stage(version);
    const session = await open(type);
    if (version === 'v5') {
      const before = emulator.requests.length;
      expect(() => search(session)).toThrow(/exists since v6/);
      expect(emulator.requests).toHaveLength(before);
      return;
    }
    expect(await search(session).toArray()).toHaveLength(count);
    expect(requests.problems).toEqual([]);
  });

  it('things have their times as dates, and no links', async () => {
    const { open } = stage(version);
    const [document] = await (await open('onedrive')).oneDrives.documents.list(DRIVE).toArray();

    expect(document).toMatchObject({ name: 'Report 1.docx', createdBy: 'Ann', sizeBytes: 10 });
    expect(document?.createdAt).toBeInstanceOf(Date);
    expect(document?.modifiedAt?.getTime()).toBeGreaterThan(document?.createdAt?.getTime() ?? 0);
    expect(Object.keys(document ?? {}).filter((name) => name.startsWith('_'))).toEqual([]);
  });

  it('one thing is read by its id, and found by its name or not at all', async () => {
    const { open } = stage(version);
    const { oneDrives } = await open('onedrive');

    expect((await oneDrives.get(DRIVE)).name).toBe('User 1');
    expect((await oneDrives.find({ name: 'USER 2' })).id).toContain('2');
    expect(await rejection(oneDrives.find({ name: 'User 9' }))).toBeInstanceOf(SelectionError);
    expect(await rejection(oneDrives.find({} as { name: string }))).toBeInstanceOf(ConfigurationError);
  });
});

describe('a page of a large organization', () => {
  it('may take four minutes', async () => {
    const { open } = stage('v6', { browsingMs: 240_000 });
    expect(await (await open('onedrive')).oneDrives.list().toArray()).toHaveLength(2);
  });

  it('that takes longer than 5 minutes is asked for twice, and the error names the option', async () => {
    const { open, emulator, clock } = stage('v6', { browsingMs: 400_000 });
    const session = await open('onedrive');
    const [startedAt, before] = [clock.now(), emulator.requests.length];

    const error = await rejection(session.oneDrives.list().toArray());

    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect(String(error)).toContain('requestTimeoutMs');
    expect(clock.now() - startedAt).toBe(600_000);
    expect(emulator.requests).toHaveLength(before + 2);
    expect(await session.oneDrives.list({ requestTimeoutMs: 500_000 }).toArray()).toHaveLength(2);
  });
});
