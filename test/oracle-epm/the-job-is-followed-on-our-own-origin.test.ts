import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { jobHref } from '../../src/oracle-epm/job-address.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, done, JOB_PATH, json, RESTORE_PATH, scriptedEnvironment, started } from './support.ts';

const V2_JOB = '/interop/rest/v2/status/jobs/81960945213340578';

describe('the path of the link is used, its scheme, host and prefix are not (OE-5, OE-6)', () => {
  it.each([
    ["the vendor's own sample", `https://<BASE-URL>${JOB_PATH}`, JOB_PATH],
    ['our own host', `${BASE_URL}${JOB_PATH}`, JOB_PATH],
    ['a foreign host', `https://attacker.invalid${JOB_PATH}`, JOB_PATH],
    ['a foreign host with user and port', `https://a:b@attacker.invalid:8443${JOB_PATH}`, JOB_PATH],
    ['plain http', `http://epm.example.org${JOB_PATH}`, JOB_PATH],
    ['spaces around', `  ${BASE_URL}${JOB_PATH} `, JOB_PATH],
    ['a prefix', `https://x.invalid/gateway${JOB_PATH}`, JOB_PATH],
    ['no host', JOB_PATH, JOB_PATH],
    ['a query', `${BASE_URL}${JOB_PATH}?a=1&b=%2F`, `${JOB_PATH}?a=1&b=%2F`],
    ['a fragment', `${BASE_URL}${JOB_PATH}#top`, JOB_PATH],
    ['the v2 family', `${BASE_URL}${V2_JOB}`, V2_JOB],
    ['the migration family', `${BASE_URL}/interop/rest/v2/status/migration/7`, '/interop/rest/v2/status/migration/7'],
    ['the services family', `${BASE_URL}/interop/rest/v1/services/jobs/777`, '/interop/rest/v1/services/jobs/777'],
    [
      'the copy of a snapshot',
      `${BASE_URL}/interop/rest/v1/services/LCM/copysnapshot/7`,
      '/interop/rest/v1/services/LCM/copysnapshot/7',
    ],
    [
      'a migration of the first release',
      `${BASE_URL}/interop/rest/11.1.2.3.600/applicationsnapshots/a%20b/migration/7`,
      '/interop/rest/11.1.2.3.600/applicationsnapshots/a%20b/migration/7',
    ],
    [
      'an upload of the first release',
      `${BASE_URL}/interop/rest/11.1.2.3.600/applicationsnapshots/a%20b/contents/status`,
      '/interop/rest/11.1.2.3.600/applicationsnapshots/a%20b/contents/status',
    ],
    [
      'the maintenance family',
      `${BASE_URL}/interop/rest/v2/status/service/maintenancewindow/9`,
      '/interop/rest/v2/status/service/maintenancewindow/9',
    ],
  ])('%s', async (_, href, path) => {
    const { epm, received } = scriptedEnvironment([started(href), done]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect((await operation.poll()).state).toBe('succeeded');
    expect(received[1]).toMatchObject({ method: 'GET', body: '' });
    expect(received[1]?.url.href).toBe(`${BASE_URL}${path}`);
    expect(received[1]?.headers.get('authorization')).toMatch(/^Basic /);
    expect(operation.toJSON().path).toBe(path);
  });

  it('behind a gateway its prefix stays in front (OE-24)', async () => {
    const { epm, received } = scriptedEnvironment([started(`https://behind.invalid${JOB_PATH}`), done], {
      baseUrl: 'https://gw.example.org/epm/',
    });
    await (await epm.environment.restore({ backupName: BACKUP })).poll();
    expect(received.map(({ url }) => url.href)).toEqual([
      `https://gw.example.org/epm${RESTORE_PATH}`,
      `https://gw.example.org/epm${JOB_PATH}`,
    ]);
  });

  it.each([
    ['https://h.example.org/epmcloud', 'https://h.example.org'],
    ['https://h.example.org/epmcloud/', 'https://h.example.org'],
    ['https://h.example.org/EPMCloud//', 'https://h.example.org'],
    ['https://h.example.org/gw/epmcloud', 'https://h.example.org/gw'],
    ['https://h.example.org/epmcloud2', 'https://h.example.org/epmcloud2'],
    ['https://h.example.org/HyperionPlanning', 'https://h.example.org'],
    ['https://h.example.org/HyperionPlanning/faces/LogOn', 'https://h.example.org'],
    ['https://h.example.org/workspace', 'https://h.example.org'],
    ['https://h.example.org/workspace/index.jsp', 'https://h.example.org'],
    ['https://h.example.org/workspace/index.jsp?bpm.logoff=false#x', 'https://h.example.org'],
    ['https://h.example.org/interop', 'https://h.example.org'],
    ['https://h.example.org/interop/rest/v1/', 'https://h.example.org'],
    ['https://h.example.org/epmcloud/faces/home', 'https://h.example.org'],
    ['https://h.example.org/epmcloud/interop', 'https://h.example.org'],
    [' https://h.example.org/gw/workspace/index.jsp ', 'https://h.example.org/gw'],
    ['https://h.example.org/interop/rest/v2/backups/list', 'https://h.example.org'],
    ['https://h.example.org/HyperionPlanning/rest/v3/applications', 'https://h.example.org'],
    ['https://h.example.org/gw/epmcloud/faces/home/x?a=1', 'https://h.example.org/gw'],
    ['https://h.example.org/interop/prod', 'https://h.example.org/interop/prod'],
  ])('%s is the base URL %s (OE-24)', async (baseUrl, base) => {
    const { epm, received } = scriptedEnvironment([started(JOB_PATH)], { baseUrl });
    await epm.environment.restore({ backupName: BACKUP });
    expect(received[0]?.url.href).toBe(`${base}${RESTORE_PATH}`);
  });
});

describe('blanks around the id are no part of it (OE-6)', () => {
  it.each([
    ['an escaped space', '%20'],
    ['an escaped no-break space', '%C2%A0'],
    ['an escaped tab and line break', '%09%0D%0A'],
    ['an ideographic space', '%E3%80%80'],
    ['a zero-width space', '%E2%80%8B'],
    ['a NUL', '%00'],
    ['plain blanks', ' \t\u00a0'],
    ['a query behind the blank', '%20?a=1', '?a=1'],
    ['a slash behind the blank', '%20/', '/'],
  ])('%s', async (_, tail, kept = '') => {
    const { epm, received } = scriptedEnvironment([started(`${BASE_URL}${JOB_PATH}${tail}`), done]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect(operation.id).toBe('1776935926050');
    await epm.resume(JSON.parse(JSON.stringify(operation))).poll();
    expect(received[1]?.url.href).toBe(`${BASE_URL}${JOB_PATH}${kept}`);
  });

  it('also before it', async () => {
    const { epm } = scriptedEnvironment([started(`${BASE_URL}${RESTORE_PATH}/status/%20%20777`)]);
    expect((await epm.environment.restore({ backupName: BACKUP })).id).toBe('777');
  });
});

describe('a link that leads elsewhere gets no request, and the restore counts as started (OE-5)', () => {
  it.each([
    ['another API', `${BASE_URL}/admin/users/1`],
    ['the start call itself', `${BASE_URL}${RESTORE_PATH}`],
    ['no id', `${BASE_URL}${RESTORE_PATH}/status/`],
    ['an id of blanks', `${BASE_URL}${RESTORE_PATH}/status/%20%C2%A0`],
    ['an id of a dot and a blank', `${BASE_URL}${RESTORE_PATH}/status/.%20`],
    ['an address of a megabyte', `${BASE_URL}${RESTORE_PATH}/status/${'7'.repeat(1_000_000)}`],
    ['dots that climb out', `${BASE_URL}${RESTORE_PATH}/status/../../../../../admin/1`],
    ['coded dots that climb out', `${BASE_URL}${RESTORE_PATH}/status/%2e%2e/%2e%2e/x`],
    ['an internal path', `${BASE_URL}/interop/rest/internal/v1/jobs/1/x/y/z`],
    ['the path only in the query', `https://attacker.invalid/?next=${JOB_PATH}`],
    ['another scheme', `file://${JOB_PATH}`],
    ['a script', 'javascript:alert(1)'],
    ['the vendor’s placeholder and another path', 'https://<BASE-URL>/admin'],
    ['rubbish', 'http://['],
  ])('%s', async (_, href) => {
    const { epm, received } = scriptedEnvironment([started(href)]);
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    expect(error).toMatchObject({ code: 'untrusted-location', started: 'yes', isRetryable: false });
    expect(received).toHaveLength(1);
  });
});

describe('the link is known by its rel alone (OE-4, OE-7)', () => {
  const job = { href: ' job ', rel: 'Job Status' };
  const self = { href: 'self', rel: 'self', action: 'GET' };

  it.each([
    ['alone', [job], 'job'],
    ['after self', [self, job], 'job'],
    ['in other case, with spaces', [self, { ...job, rel: '  JOB STATUS ' }], 'job'],
    ['with stray quotes', [{ ...job, rel: "Job' 'Status" }], 'job'],
    ['claiming POST', [{ ...job, action: 'POST' }], 'job'],
    ['with method instead of action', [{ ...job, method: 'POST', data: 7 }], 'job'],
    ['beside links without rel or href', [null, 'x', {}, { rel: 'Job Status' }, job], 'job'],
    ['nowhere', [self], undefined],
    ['in part only', [{ ...job, rel: 'Job Status Details' }], undefined],
    ['links null', null, undefined],
    ['links absent', undefined, undefined],
  ])('%s', (_, links, expected) => {
    expect(jobHref(links)).toBe(expected);
  });
});

describe('the id is text (OE-9)', () => {
  it.each(['777', '1776935926050', '81960945213340578', '99999999999999999999', 'job-a_b', '0012'])(
    '%s',
    async (id) => {
      const { epm, received } = scriptedEnvironment([started(`${BASE_URL}${RESTORE_PATH}/status/${id}`), done]);
      const operation = await epm.environment.restore({ backupName: BACKUP });
      expect(operation.id).toBe(id);
      await operation.poll();
      expect(received[1]?.url.href).toBe(`${BASE_URL}${RESTORE_PATH}/status/${id}`);
    },
  );

  it('and is decoded for people, while the path stays as it came', async () => {
    const { epm } = scriptedEnvironment([started(`${BASE_URL}${RESTORE_PATH}/status/a%20b`)]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect([operation.id, operation.toJSON().path]).toEqual(['a b', `${RESTORE_PATH}/status/a%20b`]);
  });
});

it('a query that echoes the password is dropped, also from the requests', async () => {
  const { epm, received } = scriptedEnvironment([started(`${BASE_URL}${JOB_PATH}?p=secret`), done]);
  const operation = await epm.environment.restore({ backupName: BACKUP });
  await operation.poll();
  expect(JSON.stringify(operation)).not.toContain('secret');
  expect(received[1]?.url.href).toBe(`${BASE_URL}${JOB_PATH}`);
});

it('links of status answers are never followed (OE-3)', async () => {
  const running = json({
    details: '',
    status: -1,
    items: null,
    links: [{ href: 'https://attacker.invalid/x', rel: 'Job Status' }],
  });
  const { epm, received } = scriptedEnvironment([started(JOB_PATH), running, done]);
  await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect(new Set(received.slice(1).map(({ url }) => url.href))).toEqual(new Set([`${BASE_URL}${JOB_PATH}`]));
});

it('Retry-After of the start answer is kept to', async () => {
  const answer = { details: null, status: -1, items: null, links: [{ href: JOB_PATH, rel: 'Job Status' }] };
  const { epm, clock } = scriptedEnvironment([json(answer, 202, { 'retry-after': '90' }), done]);
  const from = clock.now();
  await waitForCompletion(await epm.environment.restore({ backupName: BACKUP }));
  expect(clock.now() - from).toBeGreaterThanOrEqual(90_000);
});
