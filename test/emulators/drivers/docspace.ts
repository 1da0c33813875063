import { docspaceBackups, docspaceFiles } from '../../../src/testing/docspace/archives.ts';
import { docspaceCredentials } from '../../../src/testing/docspace/credentials.ts';
import { lookUntil, type Stage } from './driver.ts';

const API = '/api/2.0';
const START = `${API}/backup/startrestore`;
const PROGRESS = `${API}/backup/getrestoreprogress`;

/** A restore of a portal with everything around it, as a script with curl would do it. */
export async function drive({ open }: Stage): Promise<void> {
  const { wire } = open();
  const key = { authorization: `Bearer ${docspaceCredentials.apiKey}` };
  const ask = (method: string, path: string, json?: unknown, headers: Readonly<Record<string, string>> = key) =>
    wire.ask(method, path, { headers, ...(json === undefined ? {} : { json }) });
  const record = (backupId: string, more: object = {}) => ({
    backupId,
    storageType: 0,
    storageParams: [],
    notify: false,
    ...more,
  });
  const file = (storageType: unknown, filePath: string | null) =>
    record('', { storageType, storageParams: filePath === '' ? [] : [{ key: 'filePath', value: filePath }] });
  const { userName, password } = docspaceCredentials;

  await ask('GET', `${API}/settings`, undefined, {});
  await ask('GET', `${API}/settings`);
  await ask('POST', `${API}/authentication`, { userName, password: 'wrong' }, {});
  await ask('POST', `${API}/authentication`, { userName, password }, {});
  await ask('GET', `${API}/backup/getbackuphistory`);
  await ask('GET', `${API}/backup/getbackuphistory`, undefined, {});
  await ask('GET', `${API}/backup/getbackuphistory?Dump=perhaps`);
  await ask('POST', `${API}/backup/startbackup`, { storageType: 0, storageParams: [{ key: 'folderId', value: '12' }] });
  await ask('POST', `${API}/backup/startbackup`, { storageType: 0, storageParams: [] });
  await ask('POST', `${API}/backup/startbackup`, { storageType: 'nowhere' });
  await ask('GET', `${API}/backup/getbackupprogress`);
  await ask('POST', `${API}/backup/startbackup`, { storageType: 3, storageParams: [] });
  await ask('POST', `${API}/backup/startbackup`, { storageType: 1, storageParams: [] });
  await ask('POST', `${API}/backup/startbackup`, { storageType: 0, storageParams: [{ key: 'folderId', value: '9' }] });
  wire.clock.jump(3_000);
  await ask('POST', `${API}/backup/cancelbackup`);
  await ask('GET', `${API}/backup/getbackupprogress`);
  wire.clock.jump(6_000);
  await ask('GET', `${API}/backup/getbackupprogress`);
  await ask('POST', `${API}/backup/cancelbackup`);
  await ask('POST', `${API}/backup/startbackup`, { storageType: 4 });
  for (const cronParams of [
    undefined,
    {},
    { period: 9 },
    { period: 1, hour: 5, day: 9 },
    { period: 1, hour: 5, day: 2 },
  ]) {
    await ask('POST', `${API}/backup/createbackupschedule`, { storageType: 4, backupsStored: 7, cronParams });
  }
  await ask('POST', `${API}/backup/createbackupschedule`, { storageType: 4, backupsStored: 31, cronParams: {} });
  await ask('GET', `${API}/backup/getbackupschedule`);
  await ask('DELETE', `${API}/backup/deletebackupschedule`);
  await ask('GET', `${API}/backup/getbackupschedule`);
  for (const query of ['', '?paid=true', '?paid=perhaps', '?from=soon', '?from=2026-06-02&to=2026-06-01']) {
    await ask('GET', `${API}/backup/getbackupscount${query}`);
  }
  await ask('GET', `${API}/backup/getbackupscountbypaid?from=2000-01-01&to=2000-01-31`);
  await ask('GET', `${API}/backup/getservicestate`);
  await ask('POST', '/backupFileUpload.ashx');
  await ask('POST', '/backupFileUpload.ashx?init=true&totalSize=0');
  await ask('POST', '/backupFileUpload.ashx?Init=true&totalSize=4&extension=tar');
  for (const body of [
    { name: 'x'.repeat(31) },
    { name: 'x', permissions: ['all'] },
    { name: 'x', expiresInDays: 366 },
  ]) {
    await ask('POST', `${API}/keys`, body);
  }
  await ask('DELETE', `${API}/backup/deletebackup/${docspaceBackups.damaged.id}`);
  await ask('DELETE', `${API}/backup/deletebackup/${docspaceBackups.damaged.id}`);
  await ask('DELETE', `${API}/backup/deletebackup/latest`);
  wire.clock.jump(120_000);
  await ask('GET', `${API}/backup/getbackupprogress`);
  await ask('GET', PROGRESS, undefined, {});
  await ask('GET', `${PROGRESS}?Dump=perhaps`);
  await ask('POST', START, record(docspaceBackups.good.id), {});
  await ask('POST', START, record(docspaceBackups.good.id), { authorization: docspaceCredentials.apiKey });
  await ask('POST', START, record(docspaceBackups.good.id), { authorization: 'Bearer sk-nobody' });
  await ask('POST', START, { storageType: 0 });
  await ask('POST', START, record('5b1c7e0e-8d36-4b0e-9a3d-0c9f5b0b7aff'));
  await ask('POST', START, file('Documents', ''));
  await ask('POST', START, file('Documents', '999999'));
  await ask('GET', `${API}/backup/getbackuphistory?Dump=true`);
  await ask('GET', `${API}/portal/getrestoreprogress`, undefined, {});
  await ask('POST', START, record(docspaceBackups.good.id, { storageType: 'nowhere' }));
  const started = await ask('POST', START, record(docspaceBackups.good.id, { notify: true }));
  await ask('POST', START, file(0, Object.keys(docspaceFiles)[0] ?? ''));
  await ask('GET', `${API}/backup/getbackuphistory`);
  const restored = started?.status === 200 && started.body?.response;
  if (!restored) return;
  let dump = '';
  await lookUntil(
    wire,
    async () => {
      dump = dump === '' ? '?Dump=false' : '';
      const answer = await ask('GET', PROGRESS + dump);
      if (answer?.status === 403 || answer?.status === 401) return ask('GET', PROGRESS, undefined, {});
      return answer;
    },
    ({ body }) => body?.response?.isCompleted === true,
    { steadyPolls: 30, polls: 60 },
  );
  await ask('GET', `${API}/settings`);
  await ask('GET', `${API}/settings`, undefined, {});
  await ask('GET', `${API}/backup/getbackuphistory`);
  await ask('GET', PROGRESS, undefined, { cookie: `asc_auth_key=${docspaceCredentials.sessionToken}` });
  await ask('POST', `${API}/authentication`, { userName, password }, {});
}
