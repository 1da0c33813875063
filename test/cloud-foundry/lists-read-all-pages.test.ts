import { describe, expect, it } from 'vitest';
import { findNewBackup } from '../../src/cloud-foundry/backup.ts';
import { ConfigurationError } from '../../src/errors/configuration-error.ts';
import { UnexpectedResponseError } from '../../src/errors/unexpected-response-error.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BILLING, foundation, ORDERS } from './support.ts';

describe('service instances', () => {
  it('come from all pages, in order', async () => {
    const { cf, sent } = foundation();
    const all = await cf.serviceInstances.list({ perPage: 1 }).toArray();
    expect(all.map(({ name }) => name)).toEqual(['orders-db', 'billing-db', 'orders-db']);
    expect(sent('listServiceInstances')).toHaveLength(3);
    expect(all[0]).toMatchObject({ guid: ORDERS, type: 'managed', createdAt: new Date('2026-01-12T09:30:00Z') });
  });

  it('are fetched as they are consumed, anew in each loop', async () => {
    const { cf, sent } = foundation();
    const list = cf.serviceInstances.list({ perPage: 1 });
    expect(sent('listServiceInstances')).toHaveLength(0);
    for await (const { name } of list) {
      expect(name).toBe('orders-db');
      break;
    }
    expect(sent('listServiceInstances')).toHaveLength(1);
    await expect(list.toArray()).resolves.toHaveLength(3);
  });

  it('are filtered by several values, joined by commas', async () => {
    const { cf, sent } = foundation();
    await expect(cf.serviceInstances.list({ names: ['billing-db', 'nobody'] }).toArray()).resolves.toMatchObject([
      { name: 'billing-db' },
    ]);
    await expect(cf.serviceInstances.list({ names: ['nobody', 'billing-db'] }).toArray()).resolves.toMatchObject([
      { name: 'billing-db' },
    ]);
    await expect(cf.serviceInstances.list({ guids: [ORDERS, BILLING] }).toArray()).resolves.toHaveLength(2);
    expect(sent('listServiceInstances').map(({ url }) => new URL(url).search.split('&')[0])).toEqual([
      '?names=billing-db,nobody',
      '?names=nobody,billing-db',
      `?guids=${ORDERS},${BILLING}`,
    ]);
  });

  const page = (next: string | null, ...guids: string[]) =>
    Response.json({
      pagination: { next: next && { href: next } },
      resources: guids.map((guid) => ({ guid, name: guid })),
    });

  it('are told once each, where the list leads back to its first page', async () => {
    const server = scriptedServer((_, index) =>
      page(`https://host-${index}.example.net/v3/service_instances?page=1`, 'a', 'b'),
    );
    await expect(clientOf({ fetch: server.fetch }).cf.serviceInstances.list().toArray()).resolves.toHaveLength(2);
    expect(server.received).toHaveLength(2);
  });

  it('of a list that never ends are given up', async () => {
    const server = scriptedServer((_, index) =>
      page(`/v3/service_instances?page=${index + 2}`, ...(index % 2 ? [] : [`g${index}`])),
    );
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.serviceInstances.list().toArray());
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(server.received).toHaveLength(10_000);
  });

  it.each(['names', 'guids', 'spaceGuids', 'organizationGuids'])(
    'cannot be filtered by %s that cannot be sent',
    async (field) => {
      const server = scriptedServer(() => page(null));
      const { cf } = clientOf({ fetch: server.fetch });
      expect(() => cf.serviceInstances.list({ [field]: ['lone \ud800'] })).toThrow(ConfigurationError);
      expect(server.received).toHaveLength(0);
    },
  );

  it('with a comma in the name are asked for in double encoding', async () => {
    const server = scriptedServer(Response.json({ pagination: { next: null }, resources: [] }));
    await clientOf({ fetch: server.fetch })
      .cf.serviceInstances.list({ names: ['a,b', 'c d'], spaceGuids: ['s'], organizationGuids: ['o'], perPage: 7 })
      .toArray();
    expect(server.received[0]?.url.search).toMatch(
      /^\?names=a%252Cb,c%20d&space_guids=s&organization_guids=o&per_page=7&fields/,
    );
  });

  it.each([
    {},
    { pagination: null, resources: [] },
    { pagination: {}, resources: null },
    { pagination: {}, resources: [{}] },
    [],
    'text',
  ])('that look like %j are refused', async (body) => {
    expect(
      await rejection(
        clientOf({ fetch: scriptedServer(Response.json(body)).fetch })
          .cf.serviceInstances.list()
          .toArray(),
      ),
    ).toBeInstanceOf(UnexpectedResponseError);
  });

  it.each([
    ['last-operation-empty', undefined],
    ['last-operation-without-description', { state: 'in progress' }],
    ['last-operation-initial', { state: 'initial' }],
  ] as const)('show their last operation as it is: %s', async (scenario, expected) => {
    const { cf } = foundation(scenario);
    await cf.serviceInstances.restore({ into: ORDERS, from: 'server-default' });
    const { lastOperation } = await cf.serviceInstances.get(ORDERS);
    if (expected === undefined) expect(lastOperation).toBeUndefined();
    else expect(lastOperation).toMatchObject(expected);
    expect(lastOperation ?? {}).not.toHaveProperty('description', null);
  });
});

describe('backups', () => {
  it.each(['backups-in-seconds', 'backups-in-milliseconds'] as const)('have the same times: %s', async (scenario) => {
    const { cf } = foundation(scenario);
    const [newest] = await cf.backups.list(ORDERS).toArray();
    expect(newest?.createdAt).toEqual(new Date('2026-04-23T08:48:06Z'));
    expect(newest?.createdAtRaw).toBe(scenario === 'backups-in-seconds' ? 1_776_934_086 : 1_776_934_086_000);
  });

  it('can be limited', async () => {
    const { cf, sent } = foundation();
    await expect(cf.backups.list(ORDERS, { limit: 1 }).toArray()).resolves.toHaveLength(1);
    expect(new URL(sent('listServiceInstanceBackups')[0]?.url ?? '').search).toBe('?limit=1');
  });

  it('may lack their fields', async () => {
    const server = scriptedServer(() =>
      Response.json({ backups: [{}, { id: null, created_at: null }, { id: 'a', created_at: 0 }] }),
    );
    await expect(clientOf({ fetch: server.fetch }).cf.backups.list('x').toArray()).resolves.toEqual([
      {},
      {},
      { id: 'a', createdAt: new Date(0), createdAtRaw: 0 },
    ]);
  });

  it('that are new are found by comparing', async () => {
    const { cf } = foundation();
    const before = await cf.backups.list(BILLING).toArray();
    const done = await waitForCompletion(await cf.backups.create(BILLING, { note: 'T-2' }));
    expect(done.handle).toMatchObject({ kind: 'cloud-foundry/create-backup', note: 'T-2' });
    const after = await cf.backups.list(BILLING).toArray();
    const found = findNewBackup(before, after);
    expect(before.map(({ id }) => id)).not.toContain(found?.id);
    expect(found?.id).toEqual(expect.any(String));
    expect(findNewBackup(after, after)).toBeUndefined();
  });

  it('that are new and two cannot be told apart', async () => {
    const { cf } = foundation('two-backups-at-once');
    const before = await cf.backups.list(BILLING).toArray();
    await waitForCompletion(await cf.backups.create(BILLING));
    const after = await cf.backups.list(BILLING).toArray();
    expect(() => findNewBackup(before, after)).toThrow(ConfigurationError);
  });
});

it('a job is read as it is', async () => {
  const { cf } = foundation('error-while-polling');
  const { id } = await cf.serviceInstances.restore({ into: ORDERS, from: 'server-default' });
  await expect(cf.jobs.get(id)).resolves.toMatchObject({
    guid: id,
    state: 'PROCESSING',
    errors: [{ title: 'UnknownError', code: '10001' }],
    warnings: [],
  });
  const sparse = scriptedServer(Response.json({ guid: 'j', state: 'ODD' })); // CF-7
  await expect(clientOf({ fetch: sparse.fetch }).cf.jobs.get('j')).resolves.toEqual({
    guid: 'j',
    state: 'ODD',
    errors: [],
    warnings: [],
  });
});
