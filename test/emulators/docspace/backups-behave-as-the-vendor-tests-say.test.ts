import { expect, it } from 'vitest';
import { docspaceEmulator } from '../../../src/testing/docspace/emulator.ts';
import type { DocSpaceScenario } from '../../../src/testing/docspace/scenario.ts';
import { virtualClock } from '../../../src/testing/virtual-clock.ts';

// What is asserted here is what https://github.com/ONLYOFFICE/DocSpace-api-tests asserts of a live portal (src/tests/backup).

function open(scenario: DocSpaceScenario = { backups: [] }) {
  const clock = virtualClock();
  const emulator = docspaceEmulator({ clock, scenario });
  const authorization = `Bearer ${emulator.credentials.apiKey}`;
  const ask = async (
    method: string,
    call: string,
    json?: unknown,
    headers: Record<string, string> = { authorization },
  ) => {
    const body = json === undefined ? {} : { body: JSON.stringify(json) };
    const answer = await emulator.fetch(`https://portal.example.com/api/2.0/backup/${call}`, {
      method,
      headers,
      ...body,
    });
    const text = await answer.text();
    // biome-ignore lint/suspicious/noExplicitAny: each test reads what it is after.
    return { status: answer.status, data: (text === '' ? undefined : JSON.parse(text)) as any };
  };
  const complete = async () => {
    await ask('POST', 'startbackup', { storageType: 4 });
    clock.jump(60_000);
  };
  return { clock, ask, complete };
}

it('a backup is started, runs with status 1, and ends with status 2 and 100', async () => {
  const { ask, clock } = open();
  expect(await ask('GET', 'getbackupprogress')).toMatchObject({ status: 200, data: { count: 0, statusCode: 200 } });
  const { data } = await ask('POST', 'startbackup', { storageType: 4 });
  expect(data.response).toMatchObject({ backupProgressEnum: 0, error: '' });
  expect(data.response.tenantId).toBeGreaterThan(0);
  clock.jump(1_000);
  const running = (await ask('GET', 'getbackupprogress')).data;
  expect(running).toMatchObject({ count: 1, response: { isCompleted: false, status: 1, error: '' } });
  clock.jump(60_000);
  const done = (await ask('GET', 'getbackupprogress')).data.response;
  expect(done).toMatchObject({ isCompleted: true, progress: 100, status: 2, error: '', taskId: data.response.taskId });
});

it('the history is empty on a fresh portal, and grows by one with each backup', async () => {
  const { ask, complete } = open();
  expect((await ask('GET', 'getbackuphistory')).data).toMatchObject({ response: [], count: 0 });
  await complete();
  await complete();
  const { data } = await ask('GET', 'getbackuphistory');
  expect(data.count).toBe(2);
  expect(data.response[0]).toMatchObject({ storageType: 4 });
  expect(new Date(`${data.response[0].expiresOn}Z`).getTime()).toBeGreaterThan(
    new Date(`${data.response[0].createdOn}Z`).getTime(),
  );
});

it('a backup is deleted, and then all are', async () => {
  const { ask, complete } = open();
  await complete();
  await complete();
  const [first] = (await ask('GET', 'getbackuphistory')).data.response;
  expect((await ask('DELETE', `deletebackup/${first.id}`)).data).toMatchObject({ response: true, statusCode: 200 });
  expect((await ask('GET', 'getbackuphistory')).data.count).toBe(1);
  expect((await ask('DELETE', 'deletebackuphistory')).data).toMatchObject({ response: true });
  expect((await ask('GET', 'getbackuphistory')).data).toMatchObject({ response: [], count: 0 });
  // Their comment: a defect, 500 instead of 404.
  expect((await ask('DELETE', `deletebackup/${first.id}`)).status).toBe(500);
});

it('a schedule is set, read and deleted', async () => {
  const { ask } = open();
  const schedule = { storageType: 4, backupsStored: 7, cronParams: { period: 1, hour: 5, day: 2 } };
  expect((await ask('POST', 'createbackupschedule', schedule)).data).toMatchObject({ response: true });
  expect((await ask('GET', 'getbackupschedule')).data.response).toMatchObject(schedule);
  expect((await ask('DELETE', 'deletebackupschedule')).data).toMatchObject({ response: true });
  expect((await ask('GET', 'getbackupschedule')).data).not.toHaveProperty('response');
});

it('backups are counted, and a period in the past has none', async () => {
  const { ask, complete } = open();
  await complete();
  expect((await ask('GET', 'getbackupscount')).data.response).toBe(1);
  expect((await ask('GET', 'getbackupscount?from=2000-01-01&to=2000-01-31')).data).toMatchObject({ response: 0 });
  expect(typeof (await ask('GET', 'getservicestate')).data.response.enabled).toBe('boolean');
});

it('a running backup is canceled: true, and then no response or status 3', async () => {
  const { ask, clock } = open();
  expect((await ask('POST', 'cancelbackup')).data).toMatchObject({ response: false });
  await ask('POST', 'startbackup', { storageType: 4 });
  clock.jump(1_000);
  expect((await ask('POST', 'cancelbackup')).data).toMatchObject({ response: true });
  expect((await ask('GET', 'getbackupprogress')).data).toMatchObject({ count: 0 });
  clock.jump(10_000);
  expect((await ask('GET', 'getbackupprogress')).data.response).toMatchObject({ isCompleted: true, status: 3 });
});

const CALLS: readonly [string, string, unknown?][] = [
  ['POST', 'startbackup', { storageType: 4 }],
  ['POST', 'cancelbackup'],
  ['GET', 'getbackupprogress'],
  ['GET', 'getbackuphistory'],
  ['DELETE', 'deletebackup/00000000-0000-0000-0000-000000000000'],
  ['DELETE', 'deletebackuphistory'],
  ['GET', 'getbackupschedule'],
  ['POST', 'createbackupschedule', { storageType: 4, backupsStored: 5, cronParams: { period: 0, hour: 3 } }],
  ['DELETE', 'deletebackupschedule'],
  ['GET', 'getbackupscount'],
  ['GET', 'getservicestate'],
];

it.each(CALLS)('%s %s: nobody is 401, and a room admin 403', async (method, call, body) => {
  expect((await open().ask(method, call, body, {})).status).toBe(401);
  expect(await open({ role: 'room-admin' }).ask(method, call, body)).toMatchObject({
    status: 403,
    data: { statusCode: 403, error: { message: 'Access denied' } },
  });
});

it.each([
  ['a folder that does not exist', { storageType: 0, storageParams: [{ key: 'folderId', value: '99999999' }] }, 404],
  ['a folder of the wrong kind', { storageType: 1, storageParams: [{ key: 'folderId', value: '12' }] }, 400],
  ['a dump of a hosted portal', { storageType: 4, dump: true }, 403],
])('a start with %s is refused', async (_, body, status) => {
  expect((await open().ask('POST', 'startbackup', body)).status).toBe(status);
});

it.each(['startbackup', 'createbackupschedule'])('%s is 402 without a paid plan', async (call) => {
  const body = { storageType: 4, backupsStored: 5, cronParams: { period: 0, hour: 3 } };
  const { status, data } = await open({ plan: 'without-restore' }).ask('POST', call, body);
  expect(status).toBe(402);
  expect(data).toMatchObject({ statusCode: 402, error: { message: expect.any(String) } });
});
