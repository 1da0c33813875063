import { describe, expect, it } from 'vitest';
import { ConflictError } from '../../src/errors/conflict-error.ts';
import { NotFoundError } from '../../src/errors/not-found-error.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../../src/errors/unexpected-response-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf, JOB } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BACKUP, BASE, BILLING, foundation, ORDERS, RESTORE } from './support.ts';

describe('what is sent', () => {
  it.each<[string, Parameters<ReturnType<typeof foundation>['cf']['serviceInstances']['restore']>[0]['from'], object]>([
    ['a backup', { backupId: BACKUP }, { backup_id: BACKUP }],
    [
      'a backup of another instance',
      { backupId: 'b', serviceInstanceGuid: BILLING },
      { backup_id: 'b', source_service_instance_guid: BILLING },
    ],
    [
      'a backup, with fields that are not given',
      { backupId: 'b', pointInTime: undefined, serviceInstanceGuid: undefined, restorePoint: undefined },
      { backup_id: 'b' },
    ],
    [
      'a point in time',
      { pointInTime: '2026-04-23T10:48:06.900+02:00' },
      { restore_point: 'pitr', target_timestamp: '2026-04-23T08:48:06Z' },
    ],
    [
      'a point in time as a Date',
      { pointInTime: new Date('2026-04-23T08:48:06Z') },
      { restore_point: 'pitr', target_timestamp: '2026-04-23T08:48:06Z' },
    ],
    [
      'another kind of point',
      { pointInTime: new Date(0), restorePoint: 'snapshot' },
      { restore_point: 'snapshot', target_timestamp: '1970-01-01T00:00:00Z' },
    ],
    [
      'a backup and a kind of restore point',
      { backupId: 'b', restorePoint: 'full-only' },
      { backup_id: 'b', restore_point: 'full-only' },
    ],
    [
      'a backup and a point in time, with the owner of both',
      { backupId: 'b', pointInTime: '2026-04-23T08:48:06Z', restorePoint: 'pitr', serviceInstanceGuid: BILLING },
      {
        backup_id: 'b',
        restore_point: 'pitr',
        target_timestamp: '2026-04-23T08:48:06Z',
        source_service_instance_guid: BILLING,
      },
    ],
    [
      'a backup and a point in time, to which no kind is added',
      { backupId: 'b', pointInTime: '2026-04-23T08:48:06Z' },
      { backup_id: 'b', target_timestamp: '2026-04-23T08:48:06Z' },
    ],
    ['the server’s choice', 'server-default', {}], // CF-13
  ])('for %s', async (_, from, body) => {
    const server = scriptedServer(() => new Response(null, { status: 202, headers: { location: '/v3/jobs/1' } }));
    await clientOf({ fetch: server.fetch }).cf.serviceInstances.restore({ into: ORDERS, from });
    const posts = server.received.filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(1);
    const [request] = posts;
    expect(`${request?.method} ${request?.url.href}`).toBe(
      `POST ${BASE}/v3/service_instances/${ORDERS}/actions/restore`,
    );
    expect(request?.headers.get('content-type')).toContain('application/json');
    expect(JSON.parse(request?.body ?? '')).toEqual(body);
  });
});

describe('wrong input is named, and nothing is sent', () => {
  const from = { backupId: 'b' };
  const now = new Date(0);
  it.each<[string, unknown]>([
    ['into', undefined],
    ['into', {}],
    ['into', { into: '', from }],
    ['into', { into: '  ', from }],
    ['into', { into: '..', from }],
    ['into', { into: 5, from }],
    ['from', { into: 'x' }],
    ['from', { into: 'x', from: null }],
    ['from', { into: 'x', from: {} }],
    ['from', { into: 'x', from: 'latest' }],
    ['from', { into: 'x', from: { restorePoint: 'latest' } }],
    ['from', { into: 'x', from: { backupId: undefined, pointInTime: undefined } }],
    ['backup_id', { into: 'x', from: { backup_id: 'b' } }],
    ['restore_point', { into: 'x', from: { backupId: 'b', restore_point: 'latest' } }],
    ['form', { into: 'x', from, form: {} }],
    ['from.createdAt', { into: 'x', from: { pointInTime: now, createdAt: now } }],
    ['from', { into: 'x', from: { serviceInstanceGuid: 'y' } }],
    ['from.backupId', { into: 'x', from: { backupId: '' } }],
    ['from.backupId', { into: 'x', from: { backupId: 5 } }],
    ['from.serviceInstanceGuid', { into: 'x', from: { backupId: 'b', serviceInstanceGuid: '' } }],
    ['from.pointInTime', { into: 'x', from: { pointInTime: '2026-04-23T08:48:06' } }],
    ['from.pointInTime', { into: 'x', from: { pointInTime: '2026-02-30T08:48:06Z' } }],
    ['from.pointInTime', { into: 'x', from: { pointInTime: new Date(Number.NaN) } }],
    ['from.pointInTime', { into: 'x', from: { pointInTime: 1_776_934_086 } }],
    ['from.restorePoint', { into: 'x', from: { pointInTime: now, restorePoint: '' } }],
    ['from.createdAt', { into: 'x', from: { backupId: 'b', createdAt: 'then' } }],
    ['note', { into: 'x', from, note: 5 }],
  ])('%s in %j', async (field, input) => {
    const server = scriptedServer(Response.json({}));
    const error = await rejection(
      Promise.resolve().then(() => clientOf({ fetch: server.fetch }).cf.serviceInstances.restore(input as never)),
    );
    expect(error).toMatchObject({ name: 'ConfigurationError', field, isRetryable: false });
    expect((error as Error).message).toContain(field);
    expect(server.received).toEqual([]);
  });

  it.each<[string, (cf: ReturnType<typeof foundation>['cf']) => unknown]>([
    ['id', (cf) => cf.attach({ id: '' })],
    ['id', (cf) => cf.attach(undefined as never)],
    ['startedAt', (cf) => cf.attach({ id: 'x', startedAt: new Date(Number.NaN) })],
    ['startedAt', (cf) => cf.attach({ id: 'x', startedAt: 'yesterday' as never })],
    ['guid', (cf) => cf.jobs.get('')],
    ['guid', (cf) => cf.serviceInstances.get('..')],
    ['instanceGuid', (cf) => cf.backups.create('')],
    ['instanceGuid', (cf) => cf.backups.list('').toArray()],
    ['perPage', (cf) => cf.serviceInstances.list({ perPage: 5001 }).toArray()],
    ['perPage', (cf) => cf.serviceInstances.list({ perPage: 0 }).toArray()],
    ['perPage', (cf) => cf.serviceInstances.list({ perPage: 1.5 }).toArray()],
    ['limit', (cf) => cf.backups.list('x', { limit: 0 }).toArray()],
  ])('%s of another call: %s', async (field, call) => {
    const { cf, emulator } = foundation();
    expect(await rejection(Promise.resolve().then(() => call(cf)))).toMatchObject({
      name: 'ConfigurationError',
      field,
    });
    expect(emulator.requests).toEqual([]);
  });
});

describe('an instance that is busy', () => {
  it.each([
    ['busy-409', 409, '60016'],
    ['busy-422', 422, '10008'],
    ['busy-broker', 422, '270018'],
  ] as const)('is one ConflictError, by each of its codes: %s', async (scenario, status, code) => {
    const { cf, emulator } = foundation(scenario);
    await cf.serviceInstances.restore(RESTORE);
    const error = await rejection(cf.serviceInstances.restore(RESTORE));
    expect(error).toBeInstanceOf(ConflictError);
    expect(error).toMatchObject({ status, errors: [{ code }], started: 'no' });
    expect(await rejection(cf.backups.create(ORDERS))).toBeInstanceOf(ConflictError);
    expect(emulator.restores).toHaveLength(1);
  });

  it('after a job that was given up stays busy: FAILED does not mean stopped', async () => {
    const { cf } = foundation('gave-up-on-the-broker');
    const operation = await cf.serviceInstances.restore(RESTORE);
    expect(await rejection(waitForCompletion(operation))).toMatchObject({ failure: { code: 'CF-JobTimeout' } });
    expect(await rejection(cf.serviceInstances.restore(RESTORE))).toBeInstanceOf(ConflictError);
    await expect(cf.serviceInstances.get(ORDERS)).resolves.toMatchObject({ lastOperation: { state: 'in progress' } });
  });

  it.each([
    'There is an operation in progress for the service instance.',
    'An operation for service instance orders-db is in progress.',
    'An operation for the service binding between app a and service instance b is in progress.',
    'The service instance cannot be changed because there is an operation in progress for the service broker',
  ])('is told by the text of a 422 too: %s', async (detail) => {
    const errors = [{ code: 10008, title: 'CF-UnprocessableEntity', detail }];
    const { fetch } = scriptedServer(Response.json({ errors }, { status: 422 }));
    expect(await rejection(clientOf({ fetch }).start())).toBeInstanceOf(ConflictError);
  });

  it.each(['The operation of an instance that is in progress of being deleted is not known', 'backup_id is not known'])(
    'is not told by any other text: %s',
    async (detail) => {
      const errors = [{ code: 10008, title: 'CF-UnprocessableEntity', detail }];
      const { fetch } = scriptedServer(Response.json({ errors }, { status: 422 }));
      expect(await rejection(clientOf({ fetch }).start())).toMatchObject({ name: 'ValidationError' });
    },
  );

  it.each([
    ['by its text', { code: 10008, title: 'CF-UnprocessableEntity', detail: 'There is an operation in progress' }],
    ['by its title', { code: 270018, title: 'CF-ServiceBrokerConcurrencyError', detail: 'Not in parallel' }],
  ])('is told beside another error too, %s (CF-28)', async (_, error) => {
    const other = { code: 10008, title: 'CF-UnprocessableEntity', detail: 'backup_id is not known' };
    const { fetch } = scriptedServer(Response.json({ errors: [other, error] }, { status: 422 }));
    const refused = await rejection(clientOf({ fetch }).start());
    expect(refused).toMatchObject({ name: 'ConflictError', errors: [{ code: '10008' }, { code: String(error.code) }] });
  });

  it('is not told by a text under another status', async () => {
    const errors = [{ code: 1001, title: 'CF-MessageParseError', detail: 'There is an operation in progress' }];
    const { fetch } = scriptedServer(Response.json({ errors }, { status: 400 }));
    expect(await rejection(clientOf({ fetch }).start())).toMatchObject({ name: 'ValidationError', status: 400 });
  });

  it('is not every 422', async () => {
    expect(await rejection(foundation('uniqueness-10016').cf.serviceInstances.restore(RESTORE))).toMatchObject({
      name: 'ValidationError',
      status: 422,
    });
  });
});

describe('a backup whose id seems to name another instance', () => {
  const staging = '4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35';
  const backupId = `${staging}_1776902400`;

  it('is explained by that when it is refused', async () => {
    const error = await rejection(foundation().cf.serviceInstances.restore({ into: ORDERS, from: { backupId } }));
    expect(error).toMatchObject({
      name: 'ValidationError',
      started: 'no',
      message: expect.stringMatching(/not found.*seems to name its owner.*from\.serviceInstanceGuid/),
    });
    expect((error as Error).message).toContain(staging);
  });

  it.each([
    ['the instance itself', { into: staging, from: { backupId: `${staging}_1` } }],
    [
      'the named owner',
      { into: ORDERS, from: { backupId: `${staging}_1`, serviceInstanceGuid: staging.toUpperCase() } },
    ],
    ['nobody', { into: ORDERS, from: { backupId: 'plain' } }],
  ])('is not, where it names %s', async (_, input) => {
    const error = await rejection(foundation().cf.serviceInstances.restore(input));
    expect(error).toMatchObject({ name: 'ValidationError' });
    expect((error as Error).message).not.toContain('seems to name');
    expect((error as Error).message).not.toContain('undefined');
  });

  it('is restored where its owner is named, into another instance', async () => {
    const { cf, emulator } = foundation();
    const from = { backupId, serviceInstanceGuid: staging };
    await waitForCompletion(await cf.serviceInstances.restore({ into: ORDERS, from }));
    const { contents } = emulator.serviceInstances.find(({ guid }) => guid === ORDERS) ?? {};
    expect(contents).toBe(`backup ${backupId} of orders-db`);
  });
});

describe('the two kinds of 404', () => {
  it('say that the instance is missing', async () => {
    const error = await rejection(foundation().cf.serviceInstances.restore({ ...RESTORE, into: 'no-such-instance' }));
    expect(error).toBeInstanceOf(NotFoundError);
    expect((error as Error).message).not.toContain('no backups');
  });

  it('or that this foundation has no backups at all', async () => {
    const { cf } = foundation('open-source-foundation');
    for (const call of [
      cf.serviceInstances.restore(RESTORE),
      cf.backups.create(ORDERS),
      cf.backups.list(ORDERS).toArray(),
    ]) {
      const error = await rejection(call);
      expect(error).toBeInstanceOf(NotFoundError);
      expect((error as Error).message).toContain('no backups');
    }
    expect(((await rejection(cf.serviceInstances.get('no-such-instance'))) as Error).message).not.toContain(
      'no backups',
    );
  });
});

describe('the answer of an accepted start', () => {
  const accepted = (headers: Record<string, string>, status = 202, body: string | null = null) =>
    scriptedServer(({ method, url }) => {
      if (method === 'POST') return new Response(body, { status, headers });
      return Response.json({ ...JOB, guid: decodeURIComponent(url.pathname.split('/').at(-1) ?? '') });
    });

  it.each([
    ['https://api.example.org/v3/jobs/job-1', 'job-1'],
    ['/v3/jobs/job-1', 'job-1'],
    ['v3/jobs/job-1', 'job-1'],
    [' /v3/jobs/job-1?via=gateway#x ', 'job-1'],
    ['https://internal.example.net/api/v3/jobs/job-1', 'job-1'],
    ['/v3/jobs/managed_service_instance.restore~8f', 'managed_service_instance.restore~8f'], // CF-6
    ['/v3/jobs/a%2Fb%20c', 'a/b c'],
  ])('names the job: %s', async (location, id) => {
    const server = accepted({ location });
    const operation = await clientOf({ fetch: server.fetch }).start();
    expect(operation.id).toBe(id);
    await operation.poll();
    expect(server.received.at(-1)?.url.href).toBe(`${BASE}/v3/jobs/${encodeURIComponent(id)}`);
  });

  it.each([{}, { location: ' ' }])('without a Location cannot be followed, and says that it runs', async (headers) => {
    const error = await rejection(clientOf({ fetch: accepted(headers).fetch }).start());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({
      started: 'yes',
      isRetryable: false,
      message: expect.stringContaining('last operation'),
    });
  });

  it.each<[string, ReadableStream]>([
    ['never comes', new ReadableStream()],
    ['breaks off', new ReadableStream({ pull: (to) => to.error(new TypeError('terminated')) })],
    ['never ends', new ReadableStream({ pull: (to) => to.enqueue(new Uint8Array(1_000_000)) })],
  ])('a job is followed whose answer has a body that %s (CF-9)', async (_, body) => {
    const server = scriptedServer(({ method }) =>
      method === 'POST' ? new Response(body, { status: 202, headers: { location: '/v3/jobs/1' } }) : Response.json({}),
    );
    await expect(clientOf({ fetch: server.fetch }).start()).resolves.toMatchObject({ id: '1' });
    expect(server.received.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('may have a body that is no JSON', async () => {
    await expect(
      clientOf({ fetch: accepted({ location: '/v3/jobs/1' }, 202, 'Accepted').fetch }).start(),
    ).resolves.toMatchObject({ id: '1' });
  });

  it('with 200 and the instance has nothing left to wait for, and says so', async () => {
    const server = accepted({}, 200, JSON.stringify({ guid: RESTORE.into }));
    const { cf } = clientOf({ fetch: server.fetch });
    const operation = await cf.serviceInstances.restore(RESTORE);
    const done = await waitForCompletion(cf.resume(JSON.parse(JSON.stringify(operation))));
    expect(done).toMatchObject({ state: 'succeeded', warnings: [{ code: 'finished-at-once' }] });
    expect(server.received.map(({ method }) => method)).toEqual(['POST']);
  });

  it('with 200 twice is two operations', async () => {
    const { cf } = clientOf({ fetch: accepted({}, 200, JSON.stringify({ guid: RESTORE.into })).fetch });
    const first = await cf.serviceInstances.restore(RESTORE);
    const second = await cf.serviceInstances.restore(RESTORE);
    expect(second.id).not.toBe(first.id);
  });

  it.each([
    {},
    { status: 'UP' },
    { guid: BILLING },
    { guid: RESTORE.into, last_operation: { state: 'in progress' } },
    { guid: RESTORE.into, last_operation: { state: 'failed' } },
  ])('with 200 and %j is not known to have begun, and no success', async (body) => {
    const error = await rejection(clientOf({ fetch: accepted({}, 200, JSON.stringify(body)).fetch }).start());
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  });

  it('may say when to poll first', async () => {
    const { clock, start } = clientOf({
      fetch: scriptedServer(({ method }) =>
        method === 'POST'
          ? new Response(null, { status: 202, headers: { location: '/v3/jobs/1', 'retry-after': '90' } })
          : Response.json({ guid: '1', state: 'COMPLETE' }),
      ).fetch,
    });
    const began = clock.now();
    await waitForCompletion(await start());
    expect(clock.now() - began).toBeGreaterThanOrEqual(90_000);
  });
});

describe('what a done restore tells', () => {
  it('is what time the data is of, where that is known', async () => {
    const { cf } = foundation();
    const createdAt = new Date('2026-04-23T08:48:06Z');
    const known = await waitForCompletion(
      await cf.serviceInstances.restore({ into: ORDERS, from: { backupId: BACKUP, createdAt } }),
    );
    expect(known.result.dataAsOf).toEqual(createdAt);
    // What was written after the backup is restored too, up to a time that nobody tells.
    const beyond = await waitForCompletion(
      await cf.serviceInstances.restore({
        into: ORDERS,
        from: { backupId: BACKUP, createdAt, restorePoint: 'latest' },
      }),
    );
    expect(beyond.result).not.toHaveProperty('dataAsOf');
    const unknown = await waitForCompletion(await cf.serviceInstances.restore(RESTORE));
    expect(unknown.result).not.toHaveProperty('dataAsOf');
    expect(unknown.result.aftermath.length).toBeGreaterThan(0);
  });

  it('is why it failed, from the last operation where the job has no reason', async () => {
    const { cf } = foundation('failure-without-errors');
    const error = await rejection(waitForCompletion(await cf.serviceInstances.restore(RESTORE)));
    expect(error).toMatchObject({ failure: { message: expect.stringMatching(/no reason.*Restore failed/) } });
  });

  it.each([
    ['somebody else’s operation', { lastOperation: 'foreign' }],
    ['an operation of before', { lastOperation: 'unchanged' }],
    ['an empty operation', { lastOperation: 'empty' }],
    ['an operation without a description', { lastOperation: 'null-description' }],
  ] as const)('and never %s', async (_, scenario) => {
    const { cf } = foundation({ ending: 'failed', errors: [], ...scenario });
    const error = await rejection(waitForCompletion(await cf.serviceInstances.restore(RESTORE)));
    expect((error as unknown as { failure: { message: string } }).failure.message).toBe(
      'The job failed and gave no reason.',
    );
  });
});

describe('a lost start', () => {
  it.each([
    ['that was carried out', 'lost-start-answer', 1],
    ['that was not', 'start-answered-502', 0],
  ] as const)('%s is not known, is not repeated, and gives evidence', async (_, scenario, count) => {
    const { cf, emulator, sent, clock } = foundation(scenario);
    clock.jump(400);
    const error = (await rejection(
      cf.serviceInstances.restore({ ...RESTORE, note: 'T-1' }),
    )) as StartOutcomeUnknownError;
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(error.message).toContain('T-1');
    expect(error.isRetryable).toBe(false);
    expect(emulator.restores).toHaveLength(count);
    const told = await error.reconcile();
    expect(told).toMatchObject({ outcome: 'unknown', advice: expect.stringContaining('last operation') });
    const evidence = told.outcome === 'unknown' ? told.evidence.join(' ') : '';
    expect(evidence).toContain(count === 1 ? 'not older than the start' : 'older than the start');
    expect(evidence.includes('not older')).toBe(count === 1);
    expect(sent('restoreServiceInstance')).toHaveLength(1);
    expect(
      emulator.requests.filter(({ method, operationId }) => method === 'POST' && operationId !== 'createToken'),
    ).toHaveLength(1);
  });

  it.each([
    ['unchanged', 'older'],
    ['empty', 'no last operation'],
  ] as const)('is not known by a last operation that is %s either', async (lastOperation, words) => {
    const { cf } = foundation({ lastOperation, faults: { loseStartResponse: true } });
    const error = (await rejection(cf.serviceInstances.restore(RESTORE))) as StartOutcomeUnknownError;
    await expect(error.reconcile()).resolves.toMatchObject({
      outcome: 'unknown',
      evidence: [expect.stringContaining(words)],
    });
  });

  it('may have been one of before: an operation that was changed later, but began earlier, is no evidence', async () => {
    const last = {
      type: 'update',
      state: 'succeeded',
      created_at: '2025-12-31T23:00:00Z',
      updated_at: '2026-01-01T00:10:00Z',
    };
    const server = scriptedServer(({ method }) =>
      method === 'POST'
        ? Promise.reject(new TypeError('fetch failed'))
        : Response.json({ guid: RESTORE.into, name: 'x', last_operation: last }),
    );
    const error = (await rejection(clientOf({ fetch: server.fetch }).start())) as StartOutcomeUnknownError;
    const told = await error.reconcile();
    expect(told.outcome === 'unknown' && told.evidence.join()).toContain('is older than the start');
  });

  it('says so when even the instance cannot be read', async () => {
    const server = scriptedServer(new TypeError('fetch failed'));
    const error = (await rejection(clientOf({ fetch: server.fetch }).start())) as StartOutcomeUnknownError;
    await expect(error.reconcile()).resolves.toMatchObject({
      outcome: 'unknown',
      evidence: [expect.stringContaining('could not be read')],
    });
  });
});
