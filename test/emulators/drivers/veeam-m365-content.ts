import type { VeeamM365Scenario } from '../../../src/testing/veeam-m365/scenario.ts';
import { SpecDocument } from '../../specs/spec-document.ts';
import type { Wire } from './driver.ts';

const ORGANIZATION = '3c424478-0811-4920-8aab-01f0bf2a2822';
const item = (prefix: string, number: number) => `${prefix}1-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Each product: the type of its sessions, where it is below them, and ids that go together. */
const PRODUCTS = [
  {
    type: 'Vex',
    root: '/organization/mailboxes',
    ids: { mailboxId: '7c1f3a52-94a4-4c0e-8f0e-000000000001', folderId: 'folder-inbox', itemId: 'item-1' },
    chosen: {},
  },
  {
    type: 'Veod',
    root: '/organization/onedrives',
    ids: {
      oneDriveId: '8507931c-4561-4ddf-bc90-000000000001',
      folderId: item('f01d000', 1),
      documentId: item('d0c0000', 1),
      versionId: '1',
    },
    chosen: {
      documents: item('d0c0000', 1),
      folders: item('f01d000', 1),
      oneDrives: '8507931c-4561-4ddf-bc90-000000000001',
    },
  },
  {
    type: 'Vesp',
    root: '/organization/sites',
    ids: {
      siteId: 'abc.sharepoint.com,site-1',
      libraryId: 'library-1',
      listId: 'list-1',
      folderId: 'folder-1',
      documentId: 'document-1',
      itemId: 'list-item-2',
      versionId: '1',
    },
    chosen: { documents: 'document-1', folders: 'folder-1', items: 'list-item-2' },
  },
  {
    type: 'Vet',
    root: '/organization/teams',
    ids: {
      teamId: '1f6c2b9a-0d4e-4b57-8a3c-000000000001',
      channelId: '19:general@thread.tacv2',
      tabId: item('7ab0000', 1),
      fileId: item('f11e000', 2),
    },
    chosen: {
      teams: '1f6c2b9a-0d4e-4b57-8a3c-000000000001',
      tabs: item('7ab0000', 1),
      files: item('f11e000', 2),
      posts: 1_600_000_000_003,
    },
  },
] as const;

/** Whether a scenario changes what is below a session. The others would only repeat the same answers. */
export function showsContent(scenario: VeeamM365Scenario): boolean {
  const { files, strict, neverBackedUp, linkOrigin, mailboxRestore } = scenario;
  if (Object.keys(scenario).length === 0) return true;
  const { counters, failedItems, warnings, bulkAnswer } = mailboxRestore ?? {};
  return [files, strict, neverBackedUp, linkOrigin, counters, failedItems, warnings, bulkAnswer].some(Boolean);
}

/** Calls everything below a session of each product, with the samples of the document and ids that exist. */
export async function driveContent(wire: Wire, version: string): Promise<void> {
  const document = documentOf(version);
  const form = { grant_type: 'password', username: 'DOMAIN\\administrator', password: 'secret' };
  const granted = await wire.ask('POST', `/${version}/token`, { form });
  const headers = { authorization: `Bearer ${granted?.body?.access_token}` };
  for (const { type, root, ids, chosen } of PRODUCTS) {
    const isV5 = version === 'v5';
    const path = `/${version}/Organizations/${ORGANIZATION}/${isV5 ? 'action' : 'explore'}`;
    const options = isV5
      ? { datetime: '2026-01-01T00:00:00Z', type: type.toLowerCase() }
      : { dateTime: '2026-01-01T00:00:00Z', type };
    const opened = await wire.ask('POST', path, { headers, json: isV5 ? { explore: options } : options });
    const restoreSessionId = opened?.body?.id ?? 'no-such-session';
    const operations = document.operations.filter(({ path: each }) => each.toLowerCase().includes(root));
    for (const { path: template, method, requestExamples } of [...operations, ...others(document)]) {
      const where = template.replaceAll(/\{(\w+)\}/g, (_, name) =>
        encodeURIComponent(
          name === 'restoreSessionId' ? restoreSessionId : ((ids as Record<string, string>)[name] ?? 'none'),
        ),
      );
      const examples =
        requestExamples.length === 0 ? [undefined] : requestExamples.map(({ value }) => withIds(value, chosen));
      for (const json of examples) {
        const asked = json === undefined ? { headers } : { headers, json };
        await wire.ask(method.toUpperCase(), where, asked);
      }
    }
  }
}

const documents = new Map<string, SpecDocument>();

function documentOf(version: string): SpecDocument {
  const document = documents.get(version) ?? new SpecDocument(`veeam-m365-${version}`);
  documents.set(version, document);
  return document;
}

function others({ operations }: SpecDocument) {
  return operations.filter(({ operationId }) => operationId.endsWith('DeviceCode'));
}

/** A sample whose lists name what exists. */
function withIds(value: unknown, chosen: Readonly<Record<string, string | number>>): unknown {
  if (Array.isArray(value)) return value.map((each) => withIds(each, chosen));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const id = chosen[name.replace('RestoreConfigs', '')];
      if (!Array.isArray(each) || id === undefined) {
        return [name, name === 'onedrive' ? { id: chosen.oneDrives } : withIds(each, chosen)];
      }
      const named = typeof id === 'number' ? { postId: id } : { id };
      const first: object = typeof each[0] === 'object' && each[0] !== null ? each[0] : {};
      const [inner] = ['document', 'item'].filter((key) => key in first);
      return [
        name,
        [inner ? { ...first, [inner]: { ...Reflect.get(first, inner), ...named } } : { ...first, ...named }],
      ];
    }),
  );
}
