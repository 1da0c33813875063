import { describe, expect, it } from 'vitest';
import { type Operation, waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { RestoreSession, SessionRestoreResult } from '../../src/veeam-m365/index.ts';
import { stage } from './stage.ts';
import { MAILBOX, VERSIONS } from './support.ts';

const FLAGS = { restoreChangedItems: true, restoreMissingItems: true };
const TEAM = { ...FLAGS, restoreMembers: false, restoreSettings: false };
const TABS = { restoreChangedTabs: true, restoreMissingTabs: true };
const GENERAL = '19:general@thread.tacv2';

type Started = Promise<Operation<SessionRestoreResult>>;
interface Case {
  readonly type: 'exchange' | 'onedrive' | 'sharepoint' | 'teams';
  readonly kind: string;
  readonly start: (session: RestoreSession) => Started;
  /** How many items come back. */
  readonly restored: number;
  readonly since?: 'v6' | 'v7';
}

const drive = async (session: RestoreSession) => (await session.oneDrives.find({ name: 'user 1' })).id;
const site = async (session: RestoreSession) => (await session.sites.find({ name: 'marketing' })).id;
const team = async (session: RestoreSession) => (await session.teams.find({ name: 'project' })).id;
const documents = (session: RestoreSession, id: string) => session.oneDrives.documents.list(id).toArray();

const OVERWRITE = { documentAction: 'overwrite' } as const;

const CASES: Readonly<Record<string, Case>> = {
  'a folder of a mailbox': {
    type: 'exchange',
    kind: 'mailbox-restore',
    start: (session) => session.mailboxes.folders.restore(MAILBOX, 'folder-inbox'),
    restored: 23,
  },
  'items of a mailbox': {
    type: 'exchange',
    kind: 'mailbox-restore',
    start: (session) => session.mailboxes.items.restore(MAILBOX, ['item-1', { id: 'item-2' }]),
    restored: 2,
  },
  'one item of a mailbox to another mailbox': {
    type: 'exchange',
    kind: 'mailbox-restore',
    start: (session) =>
      session.mailboxes.items.restore(MAILBOX, 'item-1', {
        to: { mailbox: 'user2@abc.onmicrosoft.com', folder: 'Restored' },
      }),
    restored: 1,
  },
  'items by a restore operator': {
    type: 'exchange',
    kind: 'mailbox-restore',
    since: 'v6',
    start: ({ mailboxes }) =>
      mailboxes.items.operatorRestore(MAILBOX, 'item-1', { reason: 'Ticket', deletedItems: true }),
    restored: 1,
  },
  'documents by a restore operator': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    since: 'v6',
    start: async (session) => {
      const id = await drive(session);
      const some = (await documents(session, id)).slice(0, 2);
      return session.oneDrives.documents.operatorRestore(id, some, { ...OVERWRITE, documentVersion: 'last' });
    },
    restored: 2,
  },
  'items of a list by a restore operator': {
    type: 'sharepoint',
    kind: 'site-restore',
    since: 'v6',
    start: async (session) => {
      const id = await site(session);
      const some = (await session.sites.items.list(id).toArray()).slice(0, 2);
      return session.sites.items.operatorRestore(id, some, { restoreChangedItems: true, documentVersion: 'all' });
    },
    restored: 2,
  },
  'teams by a restore operator': {
    type: 'teams',
    kind: 'team-restore',
    since: 'v7',
    start: async (session) => {
      const teams = (await session.teams.list().toArray()).slice(0, 1);
      return session.teams.operatorRestore(teams, { ...TEAM, impersonationAccountName: 'owner@abc.onmicrosoft.com' });
    },
    restored: 10,
  },
  'a channel by a restore operator': {
    type: 'teams',
    kind: 'team-restore',
    since: 'v7',
    start: async (session) => session.teams.channels.operatorRestore(await team(session), GENERAL, FLAGS),
    restored: 6,
  },
  'tabs by a restore operator': {
    type: 'teams',
    kind: 'team-restore',
    since: 'v7',
    start: async (session) => session.teams.tabs.operatorRestore(await team(session), GENERAL, 'all', TABS),
    restored: 2,
  },
  'files by a restore operator': {
    type: 'teams',
    kind: 'team-restore',
    since: 'v7',
    start: async (session) => {
      const id = await team(session);
      const files = await session.teams.files.list(id, { channelId: GENERAL }).toArray();
      return session.teams.files.operatorRestore(id, files, { ...FLAGS, fileVersion: 'all' });
    },
    restored: 2,
  },
  'posts by a restore operator': {
    type: 'teams',
    kind: 'team-restore',
    since: 'v7',
    start: async (session) => session.teams.posts.operatorRestore(await team(session), { channelId: GENERAL }),
    restored: 2,
  },
  'a OneDrive': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) => session.oneDrives.restore(await drive(session), OVERWRITE),
    restored: 10,
  },
  'several OneDrives': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) =>
      session.oneDrives.restoreMany(await session.oneDrives.list().toArray(), {
        ...OVERWRITE,
        userName: 'admin',
        userPassword: 'p',
      }),
    restored: 20,
  },
  'a folder of a OneDrive': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) => {
      const id = await drive(session);
      const [, pictures] = await session.oneDrives.folders.list(id).toArray();
      return session.oneDrives.folders.restore(id, pictures?.id ?? '', OVERWRITE);
    },
    restored: 5,
  },
  'documents as a list shows them': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) => {
      const id = await drive(session);
      return session.oneDrives.documents.restore(id, (await documents(session, id)).slice(0, 3), OVERWRITE);
    },
    restored: 3,
  },
  'documents by their ids': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) => {
      const id = await drive(session);
      const ids = (await documents(session, id)).slice(0, 2).map((each) => each.id);
      return session.oneDrives.documents.restore(id, ids, OVERWRITE);
    },
    restored: 2,
  },
  'a document copied to another OneDrive': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    start: async (session) => {
      const [own, other] = await session.oneDrives.list().toArray();
      const [document] = await documents(session, own?.id ?? '');
      return session.oneDrives.documents.copyTo(own?.id ?? '', document?.id ?? '', { onedrive: other, folder: 'Copy' });
    },
    restored: 1,
  },
  'a version of a document': {
    type: 'onedrive',
    kind: 'one-drive-restore',
    since: 'v6',
    start: async (session) => {
      const id = await drive(session);
      const [document] = await documents(session, id);
      const [oldest] = await session.oneDrives.documents.versions(id, document?.id ?? '').toArray();
      const options = { ...OVERWRITE, versionId: oldest?.versionId };
      return session.oneDrives.documents.restore(id, document?.id ?? '', options);
    },
    restored: 1,
  },
  'a site': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => session.sites.restore(await site(session), { restoreSubsites: true }),
    restored: 10,
  },
  'a site to another one': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) =>
      session.sites.restoreTo(await site(session), { siteURL: 'https://abc.sharepoint.com/sites/sales' }),
    restored: 10,
  },
  'a library': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => {
      const id = await site(session);
      const [library] = await session.sites.libraries.list(id).toArray();
      return session.sites.libraries.restore(id, library?.id ?? '', { restoreListViews: true, deletedItems: true });
    },
    restored: 5,
  },
  'a list': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => session.sites.lists.restore(await site(session), 'list-1'),
    restored: 5,
  },
  'a folder of a site': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => session.sites.folders.restore(await site(session), 'folder-1', { list: 'Documents' }),
    restored: 2,
  },
  'documents of a site': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => {
      const id = await site(session);
      const some = (await session.sites.documents.list(id).toArray()).slice(0, 2);
      return session.sites.documents.restore(id, some, { restorePermissions: true });
    },
    restored: 2,
  },
  'an item of a list': {
    type: 'sharepoint',
    kind: 'site-restore',
    start: async (session) => session.sites.items.restore(await site(session), 'list-item-2'),
    restored: 1,
  },
  'a team': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => session.teams.restore(await team(session), TEAM),
    restored: 10,
  },
  'several teams': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => session.teams.restoreMany(await session.teams.list().toArray(), TEAM),
    restored: 20,
  },
  'a channel': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => session.teams.channels.restore(await team(session), GENERAL, FLAGS),
    restored: 6,
  },
  'a tab': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => {
      const id = await team(session);
      const [tab] = await session.teams.tabs.list(id, GENERAL).toArray();
      return session.teams.tabs.restore(id, GENERAL, tab?.id ?? '', TABS);
    },
    restored: 1,
  },
  'all tabs of a channel': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => session.teams.tabs.restore(await team(session), GENERAL, 'all', TABS),
    restored: 2,
  },
  'files of a channel': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => {
      const id = await team(session);
      const files = await session.teams.files.list(id, { channelId: GENERAL }).toArray();
      return session.teams.files.restore(id, files, { ...FLAGS, fileVersion: 'last' });
    },
    restored: 2,
  },
  'one file of a team': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) => {
      const id = await team(session);
      const [file] = await session.teams.files.list(id).toArray();
      const options = { ...FLAGS, fileVersion: 'all', channelId: GENERAL } as const;
      return session.teams.files.restore(id, file?.id ?? '', options);
    },
    restored: 1,
  },
  'posts of a channel': {
    type: 'teams',
    kind: 'team-restore',
    start: async (session) =>
      session.teams.posts.restore(await team(session), { channelId: GENERAL, from: '2025-01-01T00:00:00Z' }),
    restored: 2,
  },
};

describe.each(VERSIONS)('%s', (version) => {
  const cases = Object.entries(CASES).filter(([, { since = 'v5' }]) => version >= since);

  it.each(cases)(
    '%s is restored and counted, by a request as documented (VM-21)',
    async (_, { type, kind, start, restored }) => {
      const { emulator, requests, open } = stage(version);
      const session = await open(type);
      const before = everything(emulator);
      const operation = await start(session);
      expect(operation.kind).toBe(`veeam-m365-${version}/${kind}`);
      expect(everything(emulator)).toEqual(before);

      const { state, result } = await waitForCompletion(operation);

      expect(state).toBe('succeeded');
      expect(changes(before, everything(emulator))).toBe(restored);
      if (kind !== 'site-restore' && result.restored !== undefined) expect(result.restored).toBe(restored);
      expect(result.errors).toEqual([]);
      expect(requests.problems).toEqual([]);
    },
  );
});

/** All content of production. */
function everything({ mailboxes, oneDrives, sites, teams }: VeeamM365Emulator) {
  return Object.fromEntries(
    [...mailboxes, ...oneDrives, ...sites, ...teams].flatMap(({ id, items }) =>
      Object.entries(items).map(([item, content]) => [`${id} ${item}`, content]),
    ),
  );
}

function changes(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): number {
  return Object.entries(after).filter(([item, content]) => before[item] !== content).length;
}
