import { scriptedServer } from '../../support/scripted-server.ts';

/** The statistics of a restore, since v8. */
function counted(restored: number, skipped: number, item: object) {
  const items = [{ status: 'Success', warnings: [], ...item }];
  const totalItemsCount = restored + skipped;
  return { totalItemsCount, restoredItemsCount: restored, failedItemsCount: 0, skippedItemsCount: skipped, items };
}

/** What the restores of the golden files have done, by their ids. */
const STATISTICS: Readonly<Record<string, object>> = {
  '56d396d2-f857-4331-8fe9-7da79b972a46': counted(45, 7, {
    itemRestoreDetailsType: 'BulkMailbox',
    itemType: 'ExchangeMailbox',
    id: '7c1f3a52-94a4-4c0e-8f0e-000000000001',
    name: 'User 1',
    mailboxEmail: 'user1@abc.onmicrosoft.com',
    createdMailboxItemsCount: 40,
    mergedMailboxItemsCount: 5,
    failedMailboxItemsCount: 0,
    skippedMailboxItemsCount: 7,
  }),
  'c0b7a1de-32f4-4f0e-9a61-5be0c2a7d913': counted(10, 2, {
    itemRestoreDetailsType: 'Item',
    itemType: 'OneDriveItem',
    id: '8507931c-4561-4ddf-bc90-000000000001',
    name: 'User 1',
    path: 'https://abc-my.sharepoint.com/personal/user1_abc_onmicrosoft_com',
  }),
  '0f6e2d8b-7c1a-4b53-8d94-e12a6b3c7f05': counted(1, 0, {
    itemRestoreDetailsType: 'Item',
    itemType: 'SharePointSite',
    id: 'abc.sharepoint.com,site-1',
    name: 'Marketing',
    path: 'https://abc.sharepoint.com/sites/marketing',
  }),
  '9a3d5c71-64be-4e28-b7f0-2d8c1e9f4a36': counted(2, 0, {
    itemRestoreDetailsType: 'Item',
    itemType: 'TeamsTeam',
    id: '1f6c2b9a-0d4e-4b57-8a3c-000000000001',
    name: 'Project',
  }),
};

/** All systems in one server: every operation that is polled has just ended well. */
export function endedSystems(events: readonly unknown[] = []) {
  return scriptedServer(({ url }) => {
    const id = decodeURIComponent(url.pathname.split('/').at(-1) ?? '');
    if (url.pathname.endsWith('/files/list')) return Response.json({ status: 0, details: null, items: [COPY] });
    if (url.pathname.startsWith('/interop/rest/')) {
      return Response.json({ status: 0, details: 'done', items: null, links: null, intermittentStatus: null });
    }
    if (url.pathname.startsWith('/v3/jobs/')) return Response.json({ guid: id, state: 'COMPLETE' });
    if (/^\/v3\/service_instances\/[^/]+\/backups$/.test(url.pathname)) return Response.json({ backups: BACKUPS });
    // From five sessions up their list is read first. It shows the sessions of one logon, here none.
    if (/^\/v[5-8]\/restoresessions$/i.test(url.pathname)) {
      return Response.json({ offset: 0, limit: 10_000, results: [], _links: {} });
    }
    if (/^\/v[5-8]\/restoresessions\/[^/]+$/i.test(url.pathname)) return Response.json(stopped(id));
    const [, ofSession = ''] = /^\/v8\/restoresessions\/([^/]+)\/statistics$/i.exec(url.pathname) ?? [];
    if (ofSession in STATISTICS) return Response.json(STATISTICS[ofSession]);
    if (/^\/v[5-8]\/restoresessions\/[^/]+\/events$/i.test(url.pathname)) {
      return Response.json({ offset: 0, limit: 30, results: events, _links: {} });
    }
    return new Response('Nobody may ask for this.', { status: 500 });
  });
}

/** The two backups from before, and the new one. */
const BACKUPS = [
  { id: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55', created_at: 1_776_934_086 },
  { id: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c_1767225600', created_at: 1_767_225_600 },
  { id: '7d0c9b0e-0a53-4f0b-8a43-93f6d6f5b0f2', created_at: 1_776_847_686 },
];

/** The record of a DocSpace restore names its task, which its address does not. */
export function endedPortal(taskId: string) {
  const response = { isCompleted: true, progress: 100, error: '', tenantId: 7, status: 2, taskId };
  return scriptedServer(Response.json({ response, count: 1, links: [], status: 0, statusCode: 200 }));
}

/** The copy of a backup that an emulated environment makes at the time of the golden files. */
const COPY = { name: '2026-01-01T00:00:00_Artifact_Snapshot.zip', type: 'LCM' };

function stopped(id: string) {
  return {
    id,
    name: 'Exchange restore',
    organization: 'abc.onmicrosoft.com',
    type: 'Vex',
    creationTime: '2026-01-01T00:00:00Z',
    endTime: '2026-01-01T01:00:00Z',
    state: 'Stopped',
    result: 'Success',
    initiatedBy: 'EPSILON\\Administrator',
  };
}

/** The event of the restore of a mailbox. */
export const RESTORED = {
  id: '0d6b9a7e-4a5f-4a57-9b62-1f6f1d1a0c11',
  type: 'Restore',
  status: 'Success',
  order: 1,
  message: 'Mailbox User 1 restored: Success',
  startTime: '2026-01-01T00:00:00.0006928Z',
  endTime: '2026-01-01T00:01:00.0006928Z',
  itemName: 'User 1',
  target: 'user1@abc.onmicrosoft.com',
};

/** A portal whose backup is complete and listed. */
export function portalWithBackup(taskId: string) {
  const record = { id: taskId, fileName: 'portal_2026-01-01_00-00-10.tar.gz', storageType: 0 };
  const progress = { isCompleted: true, progress: 100, error: '', link: '', tenantId: 1, status: 2, taskId };
  return scriptedServer(({ url: { pathname } }) => {
    const isList = pathname.endsWith('/getbackuphistory');
    const response = isList ? [{ ...record, createdOn: '2026-01-01T00:00:10' }] : progress;
    return Response.json({ response, count: 1, links: [], status: 0, statusCode: 200 });
  });
}

/** What answers for the operation of a handle. */
export function endedFor({ kind, id }: { readonly kind: string; readonly id: string }) {
  if (kind === 'docspace/backup') return portalWithBackup(id);
  if (kind.startsWith('docspace/')) return endedPortal(id);
  return endedSystems(/(?:mailbox|one-drive|site|team)-restore$/.test(kind) ? [RESTORED] : []);
}
