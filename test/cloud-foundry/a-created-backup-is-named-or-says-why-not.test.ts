import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { hang, scriptedServer } from '../support/scripted-server.ts';
import { BILLING, foundation, ORDERS } from './support.ts';

const FIRST = { id: 'first', created_at: 1_700_000_000 };
const JOB_BEGAN = '2026-01-01T00:00:00Z';
const SECONDS = Date.parse(JOB_BEGAN) / 1_000;

interface World {
  readonly before: readonly object[] | Response;
  readonly after: readonly object[] | Response;
  readonly jobTime?: string;
}

/** A backup job that is complete at its first poll, with the lists of backups before and after it. */
function world({ before, after, jobTime }: World) {
  let isStarted = false;
  const server = scriptedServer(({ method, url }) => {
    if (method === 'POST') {
      isStarted = true;
      return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
    }
    if (url.pathname.startsWith('/v3/jobs/')) {
      return Response.json({ guid: 'job-1', state: 'COMPLETE', ...(jobTime ? { created_at: jobTime } : {}) });
    }
    const list = isStarted ? after : before;
    return list instanceof Response ? list.clone() : Response.json({ backups: list });
  });
  return { ...clientOf({ fetch: server.fetch }), server };
}

async function create(lists: World) {
  const { cf } = world(lists);
  return waitForCompletion(await cf.backups.create(ORDERS));
}

describe('the result of backups.create', () => {
  it('is the new backup, with its time (CF-30)', async () => {
    const { cf, emulator } = foundation();
    const done = await waitForCompletion(await cf.backups.create(BILLING, { note: 'T-2' }));
    const [newest] = emulator.serviceInstances.find(({ guid }) => guid === BILLING)?.backupIds ?? [];
    expect(done.result.id).toBe(newest);
    expect(done.result.createdAt).toEqual(new Date('2026-04-23T09:00:00Z'));
    expect(done.result.dataAsOf).toEqual(done.result.createdAt);
    expect(done.result.newBackups).toMatchObject([{ id: newest }]);
    expect(done.warnings).toEqual([]);
    expect(done.handle).toMatchObject({ kind: 'cloud-foundry/create-backup', note: 'T-2' });
  });

  it('can be restored', async () => {
    const { cf, emulator } = foundation();
    const { result } = await waitForCompletion(await cf.backups.create(BILLING));
    if (result.id === undefined) expect.unreachable();
    await waitForCompletion(await cf.serviceInstances.restore({ into: BILLING, from: { backupId: result.id } }));
    expect(emulator.serviceInstances.find(({ guid }) => guid === BILLING)?.contents).toBe(`backup ${result.id}`);
  });

  it('is the same for a process that takes over', async () => {
    const { cf, newClient } = foundation();
    const operation = await cf.backups.create(BILLING);
    const saved = JSON.parse(JSON.stringify(operation));
    const { result } = await waitForCompletion(newClient().backups.resume(saved));
    expect(result).toEqual((await waitForCompletion(operation)).result);
    expect(result.id).toEqual(expect.any(String));
    await expect(waitForCompletion(newClient().resume(saved))).resolves.toMatchObject({ result: { id: result.id } });
  });

  it('is no id where somebody else has made a backup at the same time', async () => {
    const { cf } = foundation('two-backups-at-once');
    const { result, warnings, state } = await waitForCompletion(await cf.backups.create(BILLING));
    expect(state).toBe('succeeded');
    expect(result.id).toBeUndefined();
    expect(result).not.toHaveProperty('createdAt');
    expect(result.newBackups).toHaveLength(2);
    const ids = result.newBackups?.map(({ id }) => id) ?? [];
    expect(warnings).toMatchObject([{ code: 'several-new-backups' }]);
    for (const id of ids) expect(warnings[0]?.message).toContain(id);
    expect(result.aftermath).toEqual([expect.stringContaining('compare the lists')]);
  });

  it('is never an old backup that the list has not shown before', async () => {
    const { cf } = foundation('an-old-backup-appears');
    const { result, warnings } = await waitForCompletion(await cf.backups.create(BILLING));
    expect(result.createdAt).toEqual(new Date('2026-04-23T09:00:00Z'));
    expect(result.newBackups).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('is found by its id alone where it has no time', async () => {
    const { result, warnings } = await create({ before: [FIRST], after: [{ id: 'second' }, FIRST] });
    expect(result).toMatchObject({ id: 'second', newBackups: [{ id: 'second' }] });
    expect(result).not.toHaveProperty('dataAsOf');
    expect(warnings).toEqual([]);
  });

  it('is dated by the clock of the server', async () => {
    // Our clock is at the start of 2026, and that of the server an hour behind.
    const jobTime = '2025-12-31T23:00:00Z';
    const own = { id: 'own', created_at: SECONDS - 3_600 };
    const old = { id: 'old', created_at: SECONDS - 3_600 - 6 };
    const { result } = await create({ before: [], after: [old, own], jobTime });
    expect(result.newBackups).toMatchObject([{ id: 'own' }]);
  });

  it('is found in a list that repeats it and holds backups without an id', async () => {
    const second = { id: 'second', created_at: SECONDS };
    const { result } = await create({ before: [FIRST, {}], after: [{}, second, FIRST, second] });
    expect(result).toMatchObject({ id: 'second', createdAtRaw: SECONDS });
    expect(result.newBackups).toHaveLength(1);
  });

  it('is not known where nothing is new', async () => {
    const { result, warnings } = await create({ before: [FIRST], after: [FIRST] });
    expect(result.newBackups).toEqual([]);
    expect(result.id).toBeUndefined();
    expect(warnings).toMatchObject([{ code: 'new-backup-not-known', message: expect.stringContaining('no new one') }]);
  });

  it.each<[string, World, RegExp]>([
    ['before', { before: Response.json({ errors: [] }, { status: 403 }), after: [FIRST] }, /from before/],
    ['after', { before: [], after: Response.json({ errors: [] }, { status: 403 }) }, /could not be read: .*403/],
  ])('is not known where the list %s cannot be read, and the backup has succeeded', async (_, lists, words) => {
    const { result, warnings, state } = await create(lists);
    expect(state).toBe('succeeded');
    expect(result).not.toHaveProperty('newBackups');
    expect(result).not.toHaveProperty('id');
    expect(warnings).toMatchObject([{ code: 'new-backup-not-known', message: expect.stringMatching(words) }]);
  });

  it('is not known to a single poll either, where the list cannot be read', async () => {
    const { cf } = world({ before: [], after: Response.json({ errors: [] }, { status: 403 }) });
    const operation = await cf.backups.create(ORDERS);
    await expect(operation.poll()).resolves.toMatchObject({
      state: 'succeeded',
      warnings: [{ code: 'new-backup-not-known' }],
    });
  });

  it('is not known from a handle without the instance, and nothing but the job is read', async () => {
    const { cf, server } = world({ before: [], after: [FIRST] });
    const { serviceInstanceGuid, ...handle } = JSON.parse(JSON.stringify(await cf.backups.create(ORDERS)));
    const before = server.received.length;
    const done = await waitForCompletion(cf.backups.resume(handle));
    expect(serviceInstanceGuid).toBe(ORDERS);
    expect(done.warnings).toMatchObject([{ code: 'new-backup-not-known' }]);
    expect(server.received.slice(before).map(({ url }) => url.pathname)).toEqual(['/v3/jobs/job-1']);
  });

  it('is not told where the poll is aborted while the list is read', async () => {
    const stop = new AbortController();
    let isStarted = false;
    const server = scriptedServer((request) => {
      if (request.method === 'POST') {
        isStarted = true;
        return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      }
      if (request.url.pathname.startsWith('/v3/jobs/')) return Response.json({ guid: 'job-1', state: 'COMPLETE' });
      if (!isStarted) return Response.json({ backups: [] });
      stop.abort(new Error('enough'));
      return hang(request);
    });
    const operation = await clientOf({ fetch: server.fetch }).cf.backups.create(ORDERS);
    expect(await rejection(operation.poll({ signal: stop.signal }))).toBe(stop.signal.reason);
  });

  it('is no reason to read a list while the job runs or after it has failed', async () => {
    for (const state of ['POLLING', 'FAILED']) {
      const server = scriptedServer(({ method, url }) => {
        if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
        if (url.pathname.startsWith('/v3/jobs/')) return Response.json({ guid: 'job-1', state });
        return Response.json({ backups: [] });
      });
      const operation = await clientOf({ fetch: server.fetch }).cf.backups.create(ORDERS);
      await operation.poll();
      expect(server.received.filter(({ url }) => url.pathname.endsWith('/backups'))).toHaveLength(2);
    }
  });

  it('keeps the warnings of the job beside it', async () => {
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      return url.pathname.startsWith('/v3/jobs/')
        ? Response.json({ guid: 'job-1', state: 'COMPLETE', warnings: [{ detail: 'slow' }] })
        : Response.json({ backups: [] });
    });
    const operation = await clientOf({ fetch: server.fetch }).cf.backups.create(ORDERS);
    const { warnings } = await waitForCompletion(operation);
    expect(warnings).toMatchObject([{ message: 'slow' }, { code: 'new-backup-not-known' }]);
  });

  it('is compared where the server answers 200 with the instance', async () => {
    let isStarted = false;
    const server = scriptedServer(({ method }) => {
      if (method === 'POST') {
        isStarted = true;
        return Response.json({ guid: ORDERS });
      }
      return Response.json({ backups: isStarted ? [FIRST, { id: 'second' }] : [FIRST] });
    });
    const { cf } = clientOf({ fetch: server.fetch });
    const { result, warnings } = await waitForCompletion(await cf.backups.create(ORDERS));
    expect(result.id).toBe('second');
    expect(warnings).toMatchObject([{ code: 'finished-at-once' }]);
  });
});

it('lists are read once before the start and once after the end, and the start is sent once', async () => {
  const { cf, sent } = foundation();
  await waitForCompletion(await cf.backups.create(BILLING));
  expect(sent('listServiceInstanceBackups')).toHaveLength(2);
  expect(sent('createServiceInstanceBackup')).toHaveLength(1);
});

it('a handle holds the ids of the newest 500 backups only, and an older one is not taken for new', async () => {
  const many = Array.from({ length: 800 }, (_, index) => ({ id: `b-${index}`, created_at: 1_700_000_000 + index }));
  const { cf } = world({ before: many, after: [...many, { id: 'own', created_at: SECONDS }], jobTime: JOB_BEGAN });
  const operation = await cf.backups.create(ORDERS);
  const ids = JSON.parse(JSON.stringify(operation)).backupIdsBefore;
  expect(ids).toHaveLength(500);
  expect(ids).toContain('b-799');
  expect(ids).not.toContain('b-299');
  await expect(waitForCompletion(operation)).resolves.toMatchObject({ result: { id: 'own' } });
});

describe('a backup whose start was lost', () => {
  it('is known by nothing but evidence: the new backups are listed', async () => {
    let isStarted = false;
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') {
        isStarted = true;
        throw new TypeError('fetch failed');
      }
      if (!url.pathname.endsWith('/backups')) return Response.json({ guid: ORDERS, name: 'orders-db' });
      return Response.json({ backups: isStarted ? [FIRST, { id: 'second', created_at: SECONDS }] : [FIRST] });
    });
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.create(ORDERS));
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    const told = await (error as StartOutcomeUnknownError).reconcile();
    expect(told).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('List the backups again') });
    const evidence = told.outcome === 'unknown' ? told.evidence.join(' ') : '';
    expect(evidence).toContain('second of 2026-01-01T00:00:00.000Z');
    expect(evidence).not.toContain('first');
    expect(evidence).not.toContain('restore');
    expect(told).not.toHaveProperty('looksNotStarted');
    expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each<[string, Response | object[], RegExp]>([
    ['no new backup', [FIRST], /No backup is new/],
    ['a list that cannot be read', Response.json({ errors: [] }, { status: 403 }), /could not be read/],
  ])('says so with %s', async (_, after, words) => {
    let isStarted = false;
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') {
        isStarted = true;
        throw new TypeError('fetch failed');
      }
      if (!url.pathname.endsWith('/backups')) return Response.json({ guid: ORDERS, name: 'orders-db' });
      if (!isStarted) return Response.json({ backups: [FIRST] });
      return after instanceof Response ? after.clone() : Response.json({ backups: after });
    });
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.create(ORDERS));
    const told = await (error as StartOutcomeUnknownError).reconcile();
    expect(told.outcome === 'unknown' ? told.evidence.join(' ') : '').toMatch(words);
  });
});

describe('the form of ids that the plugin of the cf CLI shows', () => {
  it('is a hint for people: the owner and the time', async () => {
    const server = scriptedServer(
      Response.json({ backups: [{ id: `${BILLING}_1776934086` }, { id: 'plain_1776934086' }] }),
    );
    const backups = await clientOf({ fetch: server.fetch }).cf.backups.list(ORDERS).toArray();
    expect(backups).toEqual([
      {
        id: `${BILLING}_1776934086`,
        hint: { serviceInstanceGuid: BILLING, time: new Date('2026-04-23T08:48:06Z') },
      },
      { id: 'plain_1776934086' },
    ]);
  });

  it('decides nothing: a backup without a time is not the latest', async () => {
    const server = scriptedServer(Response.json({ backups: [{ id: `${BILLING}_1776934086` }] }));
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.latest(BILLING));
    expect(error).toMatchObject({ name: 'SelectionError', reason: 'no-time' });
  });
});
