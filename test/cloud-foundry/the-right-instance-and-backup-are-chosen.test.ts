import { describe, expect, it } from 'vitest';
import { latestBackup } from '../../src/cloud-foundry/backup.ts';
import type { CloudFoundryTarget } from '../../src/cloud-foundry/index.ts';
import type { ServiceInstanceFilter } from '../../src/cloud-foundry/instance-filter.ts';
import { SelectionError } from '../../src/errors/selection-error.ts';
import { Redactor } from '../../src/http/redactor.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { type CloudFoundryEmulator, cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BACKUP, BILLING, foundation, ORDERS } from './support.ts';

const STAGING = '4b6d0e72-95c1-4c38-b0f4-7e2a1d9c8f35';

describe('find', () => {
  it.each([
    [{ name: 'billing-db' }, BILLING],
    [{ name: 'orders-db', space: 'production' }, ORDERS],
    [{ name: 'orders-db', space: 'staging' }, STAGING],
    [{ name: 'orders-db', space: 'staging', organization: 'acme' }, STAGING],
    [{ name: 'orders-db', space: '0F8A2C61-3b7d-4e0c-9c55-1d6b7a2e4f90', organization: undefined }, STAGING],
  ])('chooses the one that is meant by %j', async (wanted, guid) => {
    await expect(foundation().cf.serviceInstances.find(wanted)).resolves.toMatchObject({ guid, name: wanted.name });
  });

  it('never takes the first of a name that two spaces have', async () => {
    const error = await rejection(foundation().cf.serviceInstances.find({ name: 'orders-db' }));
    expect(error).toBeInstanceOf(SelectionError);
    expect(error).toMatchObject({
      reason: 'several',
      started: 'no',
      message: expect.stringMatching(/acme\/production.*acme\/staging/),
    });
    expect((error as SelectionError<{ guid: string }>).found.map(({ guid }) => guid).sort()).toEqual(
      [STAGING, ORDERS].sort(),
    );
  });

  it.each([
    { name: 'ORDERS-DB' },
    { name: 'orders-db', space: 'test' },
    { name: 'orders-db', space: 'staging', organization: 'other' },
    { name: 'orders-db%' },
    { name: 'orders' },
  ])('finds nothing by %j', async (wanted) => {
    const error = await rejection(foundation().cf.serviceInstances.find(wanted));
    expect(error).toMatchObject({ name: 'SelectionError', reason: 'none', found: [] });
  });

  it('takes no instance whose space is not told for one of the space', async () => {
    const server = scriptedServer(() =>
      Response.json({ pagination: { next: null }, resources: [{ guid: 'g', name: 'orders-db' }] }),
    );
    const { cf } = clientOf({ fetch: server.fetch });
    const error = await rejection(cf.serviceInstances.find({ name: 'orders-db', space: 'production' }));
    expect(error).toMatchObject({ reason: 'none' });
  });

  it('checks the name itself, where a server ignores the filter', async () => {
    const resources = [
      { guid: 'a', name: 'first' },
      { guid: 'b', name: 'orders-db' },
    ];
    const server = scriptedServer(Response.json({ pagination: { next: null }, resources }));
    await expect(
      clientOf({ fetch: server.fetch }).cf.serviceInstances.find({ name: 'orders-db' }),
    ).resolves.toMatchObject({
      guid: 'b',
    });
  });

  it.each<[string, unknown]>([
    ['filter', undefined],
    ['filter', 'orders-db'],
    ['name', { name: '' }],
    ['space', { name: 'x', space: ' ' }],
    ['organization', { name: 'x', organization: 5 }],
    ['org', { name: 'x', org: 'acme' }],
  ])('names the wrong field: %s of %j', async (field, wanted) => {
    const { cf, emulator } = foundation();
    expect(await rejection(cf.serviceInstances.find(wanted as never))).toMatchObject({
      name: 'ConfigurationError',
      field,
    });
    expect(emulator.requests).toEqual([]);
  });
});

describe('find of a client with a target', () => {
  const PRODUCTION = '5a84d315-9513-4d74-95e5-f6a5501eeef7';
  const ACME = '1c0e6074-777f-450e-9abc-c42f39d9b75b';
  const STAGING_SPACE = '0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90';
  const at = (target: CloudFoundryTarget) => {
    const world = foundation();
    return { ...foundation({}, { fetch: world.emulator.fetch, clock: world.clock, target }), emulator: world.emulator };
  };
  const queries = (emulator: CloudFoundryEmulator) =>
    emulator.requests
      .filter(({ operationId }) => operationId === 'listServiceInstances')
      .map(({ url }) => new URL(url));

  it.each<[CloudFoundryTarget, string]>([
    [{ space: 'production' }, ORDERS],
    [{ organization: 'acme', space: 'staging' }, STAGING],
    [{ organization: ACME, space: PRODUCTION }, ORDERS],
    [{ organization: ACME.toUpperCase(), space: STAGING_SPACE.toUpperCase() }, STAGING],
  ])('chooses the instance of its space: %j', async (target, guid) => {
    await expect(at(target).cf.serviceInstances.find({ name: 'orders-db' })).resolves.toMatchObject({ guid });
  });

  it('asks for that space only, where its guid is known', async () => {
    const { cf, emulator } = at({ organization: ACME, space: PRODUCTION });
    await cf.serviceInstances.find({ name: 'orders-db' });
    expect(queries(emulator).map(({ searchParams }) => searchParams.get('space_guids'))).toEqual([PRODUCTION]);
  });

  it('asks for that organization only, where only its guid is known', async () => {
    const { cf, emulator } = at({ organization: ACME });
    await cf.serviceInstances.find({ name: 'billing-db' });
    expect(queries(emulator).map(({ searchParams }) => searchParams.get('organization_guids'))).toEqual([ACME]);
  });

  it('is overruled by the call', async () => {
    const { cf } = at({ organization: ACME, space: PRODUCTION });
    await expect(cf.serviceInstances.find({ name: 'orders-db', space: 'staging' })).resolves.toMatchObject({
      guid: STAGING,
    });
    await expect(
      cf.serviceInstances.find({ name: 'orders-db', space: 'staging', organization: 'acme' }),
    ).resolves.toMatchObject({ guid: STAGING });
    // The space of the target belongs to the organization of the target.
    const error = await rejection(cf.serviceInstances.find({ name: 'orders-db', organization: 'acme' }));
    expect(error).toMatchObject({ reason: 'several' });
  });

  it('keeps its organization where the call names only a space', async () => {
    const { cf } = at({ organization: 'other', space: 'production' });
    const error = await rejection(cf.serviceInstances.find({ name: 'orders-db', space: 'staging' }));
    expect(error).toMatchObject({
      reason: 'none',
      message: expect.stringMatching(/in the space staging of the organization other \(the target of this client\)/),
    });
  });

  it.each([{ space: STAGING_SPACE }, { space: 'staging' }, { organization: ACME, space: STAGING_SPACE }])(
    'that has no such instance says where there is one: %j',
    async (target) => {
      const error = await rejection(at(target).cf.serviceInstances.find({ name: 'billing-db' }));
      expect(error).toMatchObject({
        reason: 'none',
        message: expect.stringMatching(/\(the target of this client\).*Instances of that name: .* in acme\/production/),
      });
    },
  );

  it.each([
    ['where the client has none', {}, { name: 'nobody' }],
    ['where the call names another space', { space: 'production' }, { name: 'orders-db', space: 'test' }],
    ['where the call names another organization', { organization: 'acme' }, { name: 'orders-db', organization: 'x' }],
  ])('is not blamed %s', async (_, target, wanted) => {
    const error = await rejection(at(target).cf.serviceInstances.find(wanted));
    expect(error).toMatchObject({ reason: 'none', message: expect.not.stringContaining('target of this client') });
  });

  it.each([{ space: `x${PRODUCTION}` }, { space: `${PRODUCTION}x` }, { organization: `x${ACME}` }])(
    'is a name unless it has the form of a guid: %j',
    async (target) => {
      const { cf, emulator } = at(target);
      expect(await rejection(cf.serviceInstances.find({ name: 'billing-db' }))).toMatchObject({ reason: 'none' });
      expect(
        queries(emulator).map(({ searchParams }) => [...searchParams.keys()].filter((key) => /_guids$/.test(key))),
      ).toEqual([[]]);
    },
  );

  it('narrows no list', async () => {
    const { cf } = at({ organization: ACME, space: PRODUCTION });
    await expect(cf.serviceInstances.list().toArray()).resolves.toHaveLength(3);
  });
});

it('an error shows no address of a user-provided instance, which may hold a credential', async () => {
  const address = 'https://user:hidden-password@logs.example.org';
  const world = foundation();
  const twice = ['a', 'b'].map((guid) => ({
    guid,
    name: 'logs',
    type: 'user-provided' as const,
    syslogDrainUrl: address,
    routeServiceUrl: address,
  }));
  const emulator = cloudFoundryEmulator({ clock: world.clock, serviceInstances: twice });
  const { cf } = foundation({}, { fetch: emulator.fetch, clock: world.clock });
  const error = await rejection(cf.serviceInstances.find({ name: 'logs' }));
  expect(error).toMatchObject({ reason: 'several', found: [{ guid: 'a' }, { guid: 'b' }] });
  expect(JSON.stringify(error)).not.toContain('hidden-password');
  await expect(cf.serviceInstances.get('a')).resolves.toMatchObject({ syslogDrainUrl: address });
});

describe('instances show where they live', () => {
  const place = {
    space: { guid: '5a84d315-9513-4d74-95e5-f6a5501eeef7', name: 'production' },
    organization: { guid: '1c0e6074-777f-450e-9abc-c42f39d9b75b', name: 'acme' },
  };
  const shown = {
    ...place,
    plan: { guid: '5358d122-638e-11ea-afca-bf6e756684ac', name: 'on-demand-small' },
    offering: {
      guid: '2f0c2c8e-1a43-4d7e-8f0f-5a3a0c9d6b21',
      name: 'postgres',
      description: 'A database on demand',
      documentationUrl: 'https://docs.example.org/on-demand',
      tags: [],
    },
    broker: { guid: '9d1b7f44-6e5b-4c0a-8f7d-2b3c4d5e6f70', name: 'on-demand-broker' },
  };

  it('in the list and alone', async () => {
    const { cf } = foundation();
    const all = await cf.serviceInstances.list().toArray();
    expect(all.find(({ guid }) => guid === ORDERS)).toMatchObject(shown);
    expect(all.find(({ guid }) => guid === STAGING)).toMatchObject({
      space: { name: 'staging' },
      organization: { name: 'acme' },
    });
    await expect(cf.serviceInstances.get(ORDERS)).resolves.toMatchObject(shown);
  });

  it('each of several organizations and offerings by its own', async () => {
    const second = {
      guid: 'c0ffee00-0000-4000-8000-000000000001',
      name: 'cache',
      space: { guid: 's2', name: 'production' },
      organization: { guid: 'o2', name: 'umbrella' },
      plan: { guid: 'p2', name: 'large' },
      offering: { guid: 'f2', name: 'p.mysql' },
    };
    const userProvided = 'c0ffee00-0000-4000-8000-000000000002';
    const world = foundation();
    const emulator = cloudFoundryEmulator({
      clock: world.clock,
      serviceInstances: [second, { guid: userProvided, name: 'mail', type: 'user-provided' }],
    });
    const client = foundation({}, { fetch: emulator.fetch, clock: world.clock }).cf;
    const all = await client.serviceInstances.list().toArray();
    expect(all.find(({ guid }) => guid === second.guid)).toMatchObject({
      space: { name: 'production' },
      organization: { name: 'umbrella' },
      plan: { name: 'large' },
      offering: { name: 'p.mysql' },
    });
    expect(all.find(({ guid }) => guid === ORDERS)).toMatchObject(shown);
    const mail = all.find(({ guid }) => guid === userProvided);
    expect(mail).toMatchObject({ type: 'user-provided', ...place });
    expect(mail).not.toHaveProperty('plan');
    expect(mail).not.toHaveProperty('offering');
    expect(mail).not.toHaveProperty('broker');
    await expect(client.serviceInstances.find({ name: 'cache', organization: 'umbrella' })).resolves.toMatchObject({
      guid: second.guid,
    });
  });

  it('by guid alone, where the server includes nothing', async () => {
    const server = scriptedServer(() =>
      Response.json({
        guid: 'g',
        name: 'n',
        relationships: { space: { data: { guid: 's' } }, service_plan: { data: null } },
      }),
    );
    const instance = await clientOf({ fetch: server.fetch }).cf.serviceInstances.get('g');
    expect(instance).toEqual({ guid: 'g', name: 'n', space: { guid: 's' } });
  });
});

describe('instances show what the API documents of them', () => {
  const common = {
    created_at: '2020-03-10T15:49:29Z',
    updated_at: '2020-03-11T15:49:29Z',
    tags: ['sql', 'primary'],
    metadata: { labels: { env: 'production', empty: '' }, annotations: { note: 'careful', gone: null } },
  };
  const seen = {
    createdAt: new Date('2020-03-10T15:49:29Z'),
    updatedAt: new Date('2020-03-11T15:49:29Z'),
    tags: ['sql', 'primary'],
    labels: { env: 'production', empty: '' },
    annotations: { note: 'careful' },
  };
  const read = (body: object) =>
    clientOf({ fetch: scriptedServer(Response.json(body)).fetch }).cf.serviceInstances.get('g');

  it('of a managed one', async () => {
    const instance = await read({
      ...common,
      guid: 'g',
      name: 'n',
      type: 'managed',
      maintenance_info: { version: '1.0.0', description: 'patched' },
      upgrade_available: false,
      dashboard_url: 'https://service-broker.example.org/dashboard',
      broker_provided_metadata: { labels: { version: '14' }, attributes: { role: 'primary' } },
      last_operation: { type: 'create', state: 'succeeded', description: 'Operation succeeded' },
    });
    expect(instance).toEqual({
      ...seen,
      guid: 'g',
      name: 'n',
      type: 'managed',
      maintenanceInfo: { version: '1.0.0', description: 'patched' },
      upgradeAvailable: false,
      dashboardUrl: 'https://service-broker.example.org/dashboard',
      brokerProvidedMetadata: { labels: { version: '14' }, attributes: { role: 'primary' } },
      lastOperation: { type: 'create', state: 'succeeded', description: 'Operation succeeded' },
    });
  });

  it('of a user-provided one', async () => {
    const instance = await read({
      ...common,
      guid: 'g',
      name: 'n',
      type: 'user-provided',
      syslog_drain_url: 'https://logs.example.org',
      route_service_url: 'https://routes.example.org',
    });
    expect(instance).toEqual({
      ...seen,
      guid: 'g',
      name: 'n',
      type: 'user-provided',
      syslogDrainUrl: 'https://logs.example.org',
      routeServiceUrl: 'https://routes.example.org',
    });
  });

  it('and are not hidden by a field that is malformed', async () => {
    const instance = await read({
      guid: 'g',
      name: 'n',
      tags: 'sql',
      metadata: [],
      maintenance_info: '1.0.0',
      upgrade_available: 'yes',
      dashboard_url: null,
      broker_provided_metadata: null,
      syslog_drain_url: 5,
      route_service_url: '',
    });
    expect(instance).toEqual({ guid: 'g', name: 'n' });
  });
});

describe('filters', () => {
  it.each<[ServiceInstanceFilter, string[]]>([
    [{ type: 'managed', names: ['billing-db'] }, [BILLING]],
    [{ type: 'user-provided' }, []],
    [{ servicePlanNames: ['ON-DEMAND-SMALL'], names: ['billing-db'] }, [BILLING]],
    [{ servicePlanGuids: ['nothing'] }, []],
    [{ labelSelector: 'env=staging' }, [STAGING]],
    [{ labelSelector: 'team in (billing),env=production' }, [BILLING]],
    [{ createdAt: { gt: '2026-02-01T00:00:00Z', lt: undefined } }, [STAGING]],
    [{ createdAt: { gte: new Date('2026-02-03T14:00:00Z'), lte: '2026-02-03T15:00:00+01:00' } }, [STAGING]],
    // The server has whole seconds: a bound with a fraction is moved to the second that means the same (CF-12).
    [{ createdAt: { gte: '2026-02-03T14:00:00.200Z' } }, []],
    [{ createdAt: { gt: '2026-02-03T13:59:59.900Z' } }, [STAGING]],
    [{ createdAt: { lt: '2026-02-03T14:00:00.200Z', gt: '2026-02-01T00:00:00Z' } }, [STAGING]],
    [{ spaceGuids: ['0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90'] }, [STAGING]],
    [{ createdAt: ['2026-02-03T14:00:00Z', new Date('2025-01-01T00:00:00Z')] }, [STAGING]],
    [{ updatedAt: ['2026-02-03T14:00:00Z'] }, [STAGING]],
    [
      { organizationGuids: ['1c0e6074-777f-450e-9abc-c42f39d9b75b'], labelSelector: '!temporary,env notin (staging)' },
      [ORDERS, BILLING],
    ],
    [{ orderBy: '-created_at', perPage: 1 }, [STAGING, BILLING, ORDERS]],
    [{ names: undefined, guids: [STAGING], labelSelector: undefined }, [STAGING]],
  ])('%j', async (filter, guids) => {
    const all = await foundation().cf.serviceInstances.list(filter).toArray();
    expect(all.map(({ guid }) => guid).sort()).toEqual([...guids].sort());
  });

  it.each(['50% off', 'a%2Cb', 'a,b', 'a%252Cb', '%', '%zz', ' leading', 'trailing ', 'a, b', 'ü+&=#?/', '%E4'])(
    'find exactly the name %j, also beside others',
    async (name) => {
      const world = foundation();
      const emulator = cloudFoundryEmulator({ clock: world.clock, serviceInstances: [{ guid: 'odd', name }] });
      const { cf } = foundation({}, { fetch: emulator.fetch, clock: world.clock });
      await expect(cf.serviceInstances.list({ names: [name] }).toArray()).resolves.toMatchObject([
        { guid: 'odd', name },
      ]);
      await expect(cf.serviceInstances.list({ names: ['nobody', name] }).toArray()).resolves.toHaveLength(1);
      await expect(cf.serviceInstances.find({ name })).resolves.toMatchObject({ guid: 'odd' });
    },
  );

  it.each<[string, unknown]>([
    ['names', { names: [] }],
    ['guids', { guids: [] }],
    ['spaceGuids', { spaceGuids: [] }],
    ['organizationGuids', { organizationGuids: [] }],
    ['servicePlanGuids', { servicePlanGuids: [] }],
    ['servicePlanNames', { servicePlanNames: [] }],
    ['names', { names: 'orders-db' }],
    ['names', { names: null }],
    ['names', { names: [''] }],
    ['names', { names: [undefined] }],
    ['labelSelector', { labelSelector: '' }],
    ['createdAt', { createdAt: {} }],
    ['createdAt', { createdAt: { lt: undefined } }],
    ['createdAt.lt', { createdAt: { lt: '2026-02-03' } }],
    ['after', { createdAt: { after: new Date(0) } }],
    ['updatedAt', { updatedAt: null }],
    ['type', { type: 'bogus' }],
    ['orderBy', { orderBy: 'guid' }],
    ['name', { name: 'orders-db' }],
  ])('that are empty, wrong or unknown list nothing: %s in %j', async (field, filter) => {
    const { cf, emulator } = foundation();
    const error = await rejection(Promise.resolve().then(() => cf.serviceInstances.list(filter as never).toArray()));
    expect(error).toMatchObject({ name: 'ConfigurationError', field });
    expect(emulator.requests).toEqual([]);
  });
});

describe('the latest backup', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 3, day));

  it('is chosen by its time', async () => {
    const latest = await foundation().cf.backups.latest(ORDERS);
    expect(latest).toMatchObject({ id: BACKUP, createdAt: new Date('2026-04-23T08:48:06Z') });
  });

  it('is never chosen by its place in the list', async () => {
    const backups = [
      { id: 'b', created_at: 1_776_000_000 },
      { id: 'c' },
      { id: 'd', created_at: 1_777_000_000 },
      { id: 'a', created_at: 1_775_000_000 },
    ];
    for (const list of [backups, backups.toReversed()]) {
      const server = scriptedServer(Response.json({ backups: list }));
      await expect(clientOf({ fetch: server.fetch }).cf.backups.latest('g')).resolves.toMatchObject({ id: 'd' });
    }
  });

  it.each([
    ['none', [], []],
    ['no-time', [{ id: 'a' }, { id: 'b' }], ['a', 'b']],
    ['none', [{ id: 'a', createdAt: at(1) }, { createdAt: at(2) }], ['a', undefined]],
    [
      'several',
      [
        { id: 'a', createdAt: at(2) },
        { id: 'b', createdAt: at(2) },
        { id: 'c', createdAt: at(1) },
      ],
      ['a', 'b'],
    ],
  ] as const)('cannot be chosen: %s of %j', (reason, backups, found) => {
    try {
      latestBackup(backups, 'g', new Redactor());
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(SelectionError);
      expect(error).toMatchObject({ reason });
      expect((error as SelectionError<{ id?: string }>).found.map(({ id }) => id)).toEqual(found);
    }
  });

  it('may be listed twice', () => {
    const backup = { id: 'a', createdAt: at(2) };
    expect(latestBackup([backup, { ...backup }], 'g', new Redactor())).toEqual(backup);
  });

  it('whose time is out of range has none', async () => {
    const server = scriptedServer(Response.json({ backups: [{ id: 'a', created_at: 1e300 }] }));
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.backups.latest('g'));
    expect(error).toMatchObject({ reason: 'no-time' });
  });

  it('is restored with the time of its data', async () => {
    const { cf } = foundation();
    const { id, createdAt } = await cf.backups.latest(BILLING);
    const done = await waitForCompletion(
      await cf.serviceInstances.restore({ into: BILLING, from: { backupId: id, createdAt } }),
    );
    expect(done.result.dataAsOf).toEqual(createdAt);
  });
});
