import { describe, expect, it } from 'vitest';
import { ConflictError, IncompleteTransferError, ServerError } from '../../src/errors/index.ts';
import type { Download, RestoreSession } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';
import { MAILBOX, VERSIONS } from './support.ts';

const GENERAL = '19:general@thread.tacv2';
const DRIVE = '8507931c-4561-4ddf-bc90-000000000001';
const SITE = 'abc.sharepoint.com,site-1';
const TEAM = '1f6c2b9a-0d4e-4b57-8a3c-000000000001';

async function contentOf(file: Download): Promise<string> {
  let content = '';
  for await (const bytes of file.stream) content += new TextDecoder().decode(bytes);
  return content;
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

type Product = 'exchange' | 'onedrive' | 'sharepoint' | 'teams';
const FILES: Readonly<Record<string, readonly [Product, (session: RestoreSession) => Promise<Download>, string]>> = {
  'a mailbox as PST': ['exchange', (session) => session.mailboxes.exportToPst(MAILBOX), 'Message 52: original'],
  'a folder as PST, of limited size': [
    'exchange',
    ({ mailboxes }) => mailboxes.folders.exportToPst(MAILBOX, 'folder-inbox', { pstSizeLimitBytes: 2 * 1024 ** 3 }),
    'Message 51: revision 2',
  ],
  'items as PST': [
    'exchange',
    ({ mailboxes }) => mailboxes.items.exportToPst(MAILBOX, ['item-1', 'item-2']),
    'Message 2: original',
  ],
  'one item as MSG': ['exchange', ({ mailboxes }) => mailboxes.items.saveAsMsg(MAILBOX, 'item-3'), 'Message 3'],
  'items as MSG': [
    'exchange',
    ({ mailboxes }) => mailboxes.items.saveAsMsg(MAILBOX, [{ id: 'item-3' }, 'item-4']),
    'Message 4',
  ],
  'a OneDrive': ['onedrive', ({ oneDrives }) => oneDrives.save(DRIVE), 'Report 12.docx'],
  'a document': [
    'onedrive',
    async ({ oneDrives }) => {
      const [document] = await oneDrives.documents.list(DRIVE).toArray();
      return oneDrives.documents.save(DRIVE, document?.id ?? '', { asZip: false });
    },
    'Report 1.docx: revision 2',
  ],
  'documents of a site': [
    'sharepoint',
    async ({ sites }) => sites.documents.save(SITE, await sites.documents.list(SITE).toArray()),
    'Report 11.docx',
  ],
  'a library': ['sharepoint', ({ sites }) => sites.libraries.save(SITE, 'library-1'), 'Report 1.docx'],
  'the files of a channel': ['teams', ({ teams }) => teams.files.save(TEAM, 'all', { channelId: GENERAL }), 'Plan 2'],
  'the posts of a channel as a page': [
    'teams',
    ({ teams }) => teams.posts.export(TEAM, 'all', { channelId: GENERAL }),
    'Post 3',
  ],
};

describe.each(VERSIONS)('%s', (version) => {
  it.each(Object.entries(FILES))(
    '%s comes as a stream, with its size and its SHA-256',
    async (_, [type, open, text]) => {
      const { open: explore, requests, emulator } = stage(version);
      const session = await explore(type);
      const before = JSON.stringify([emulator.mailboxes, emulator.oneDrives, emulator.sites, emulator.teams]);

      const file = await open(session);
      const content = await contentOf(file);

      expect(content).toContain(text);
      expect(await file.completed).toEqual({ bytes: content.length, sha256: await sha256(content) });
      expect(file.totalBytes).toBe(content.length);
      expect(requests.problems).toEqual([]);
      expect(JSON.stringify([emulator.mailboxes, emulator.oneDrives, emulator.sites, emulator.teams])).toBe(before);
    },
  );

  it('a file that the server packs for two hours is waited for, and its progress is reported', async () => {
    const { open, clock } = stage(version, { files: { packingMs: 7_200_000 } });
    const session = await open('exchange');
    const startedAt = clock.now();
    const told: number[] = [];

    const file = await session.mailboxes.exportToPst(MAILBOX, { onProgress: ({ bytes }) => told.push(bytes) });
    const content = await contentOf(file);

    expect(clock.now() - startedAt).toBeGreaterThanOrEqual(7_200_000);
    expect(told.at(-1)).toBe(content.length);
  });

  it('a file of which half has come is no file', async () => {
    const { open } = stage(version, { files: { fileFault: 'cut' } });
    const file = await (await open('exchange')).mailboxes.exportToPst(MAILBOX);

    expect(await rejection(contentOf(file))).toBeInstanceOf(IncompleteTransferError);
    expect(await rejection(file.completed)).toBeInstanceOf(IncompleteTransferError);
  });

  it('a server without Outlook says so, and is asked once', async () => {
    const { open, emulator } = stage(version, { files: { fileFault: 'no-outlook' } });
    const session = await open('exchange');
    const calls = () => emulator.requests.filter(({ method }) => method === 'POST').length;
    const before = calls();

    const error = await rejection(session.mailboxes.exportToPst(MAILBOX));

    expect(error).toBeInstanceOf(ServerError);
    expect(String(error)).toContain('Outlook');
    expect(calls()).toBe(before + 1);
  });

  it('VM-16: a 500 of a session that has stopped says that it has stopped', async () => {
    const { open } = stage(version);
    const session = await open('onedrive');
    await session.stop();

    expect(await rejection(session.oneDrives.save(DRIVE))).toBeInstanceOf(ConflictError);
  });
});
