import { describe, expect, it } from 'vitest';
import { DocSpaceClient, docspaceApiKey } from '../../src/docspace/index.ts';
import { ConfigurationError, HandleError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BACKUP, DUMP, pollsOf, portalWith } from './support.ts';

const START = { backupId: BACKUP, note: 'OPS-7', backupCreatedAt: '2026-06-29T02:00:00Z' } as const;

it('holds all that the result needs, and no secret', async () => {
  const { docspace, emulator } = portalWith('success');
  const operation = await docspace.portal.restore(START);
  const handle = JSON.parse(JSON.stringify(operation));
  expect(handle).toEqual({
    v: 1,
    kind: 'docspace/restore',
    id: emulator.restores[0]?.id,
    baseUrl: 'https://portal.example.com',
    startedAt: '2026-01-01T00:00:00.000Z',
    note: 'OPS-7',
    path: '/api/2.0/backup/getrestoreprogress',
    dump: false,
    notify: false,
    dataAsOf: '2026-06-29T02:00:00.000Z',
  });
});

it('leads another process to the same end', async () => {
  const { docspace, connect, emulator } = portalWith('success');
  const operation = await docspace.portal.restore(START);
  const handle = JSON.parse(JSON.stringify(operation));
  const resumed = connect().resume(handle);
  expect(resumed.toJSON()).toEqual(handle);
  const [there, here] = await Promise.all([waitForCompletion(resumed), waitForCompletion(operation)]);
  expect(there.result).toEqual(here.result);
  expect(there.result).toEqual({
    dataAsOf: new Date('2026-06-29T02:00:00Z'),
    aftermath: expect.arrayContaining([expect.stringMatching(/API keys/), expect.stringMatching(/ids of the portal/)]),
  });
  expect(emulator.restores).toHaveLength(1);
});

describe('a dump', () => {
  const dumping = () => portalWith('dump-restore');

  it('is asked for as it was started, after a resume too', async () => {
    const { docspace, connect, emulator } = dumping();
    const operation = await docspace.portal.restore({ backupId: DUMP, dump: true });
    const resumed = connect().resume(JSON.parse(JSON.stringify(operation)));
    await resumed.poll();
    expect(pollsOf(emulator).map(({ url }) => new URL(url).search)).toEqual(['?Dump=true', '?Dump=true']);
    const { result } = await waitForCompletion(resumed);
    expect(result.aftermath.join()).toMatch(/All portals of the server/);
  });

  it.each([[{}], [{ dump: undefined }], [{ dump: false }]])('is not asked for by a restore with %j', async (more) => {
    const { docspace, emulator } = portalWith('success');
    const operation = await docspace.portal.restore({ backupId: BACKUP, ...more });
    await operation.poll();
    expect(operation.toJSON()).toMatchObject({ dump: false });
    expect(pollsOf(emulator).map(({ url }) => new URL(url).search)).toEqual(['?Dump=false', '?Dump=false']);
  });
});

describe('attach', () => {
  it('follows a restore that somebody else has started', async () => {
    const { docspace, connect, emulator } = portalWith('success');
    const { id } = await docspace.portal.restore({ backupId: BACKUP });
    const attached = connect().attach({ id });
    expect(await waitForCompletion(attached)).toMatchObject({ state: 'succeeded' });
    expect(emulator.restores).toHaveLength(1);
  });

  it.each([
    ['a restore of the portal', BACKUP, false, ['?Dump=false', '?Dump=false']],
    ['a restore of the server', DUMP, true, ['?Dump=false', '?Dump=true', '?Dump=true']],
  ])('without `dump` asks for both until it has found %s', async (_, backupId, dump, searches) => {
    const { docspace, connect, emulator } = portalWith('dump-restore');
    const { id } = await docspace.portal.restore({ backupId, dump });
    const before = pollsOf(emulator).length;
    const attached = connect().attach({ id });
    await attached.poll();
    await attached.poll();
    expect(
      pollsOf(emulator)
        .slice(before)
        .map(({ url }) => new URL(url).search),
    ).toEqual(searches);
    expect(await waitForCompletion(attached)).toMatchObject({ state: 'succeeded' });
  });

  it('without `dump` finds ours behind a restore of the server that another portal has started', async () => {
    const { docspace, connect } = portalWith('server-wide-restore-hides-ours');
    const { id } = await docspace.portal.restore({ backupId: BACKUP });
    expect(await waitForCompletion(connect().attach({ id }))).toMatchObject({ state: 'succeeded' });
  });

  it.each([
    ['a Date', new Date('2025-12-31T23:00:00Z')],
    ['a text with a zone', '2026-01-01T01:00:00+02:00'],
  ])('takes its start as %s', (_, startedAt) => {
    const { docspace } = portalWith('success');
    expect(docspace.attach({ id: 'x', startedAt }).startedAt).toEqual(new Date('2025-12-31T23:00:00Z'));
  });

  it.each([
    ['id', {}],
    ['id', { id: '' }],
    ['dump', { id: 'x', dump: 'yes' }],
    ['notify', { id: 'x', notify: 1 }],
    ['startedAt', { id: 'x', startedAt: 'yesterday' }],
    ['backupCreatedAt', { id: 'x', backupCreatedAt: '2026-06-29' }],
  ])('names %s in %j', (field, options) => {
    const { docspace } = portalWith('success');
    const attach = () => docspace.attach(options as unknown as { id: string });
    expect(attach).toThrow(ConfigurationError);
    expect(attach).toThrow(expect.objectContaining({ field }));
  });
});

it.each([
  ['kind', { kind: 'oracle-epm/restore-environment' }],
  ['baseUrl', { baseUrl: 'https://other.example.com' }],
  ['v', { v: 2 }],
  ['id', { id: '' }],
  ['dump', { dump: 'true' }],
  ['notify', { notify: 'true' }],
  ['dataAsOf', { dataAsOf: 'last night' }],
])('a handle with a wrong %s is refused, and nothing is sent', async (field, change) => {
  const { docspace, emulator } = portalWith('success');
  const handle = { ...(await docspace.portal.restore({ backupId: BACKUP })).toJSON(), ...change };
  const sent = emulator.requests.length;
  const resume = () => docspace.resume(handle as never);
  expect(resume).toThrow(HandleError);
  expect(resume).toThrow(expect.objectContaining({ field }));
  expect(emulator.requests).toHaveLength(sent);
});

it('the client knows its kind and its origin', () => {
  const docspace = new DocSpaceClient({ baseUrl: 'https://p.example.com:8443/api/2.0', auth: docspaceApiKey('sk-1') });
  expect(docspace.kinds).toEqual(['docspace/restore', 'docspace/backup']);
  expect(docspace.baseUrl).toBe('https://p.example.com:8443');
});
