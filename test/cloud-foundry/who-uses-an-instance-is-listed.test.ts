import { describe, expect, it } from 'vitest';
import type { ListBindingsOptions } from '../../src/cloud-foundry/index.ts';
import { cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import type { CloudFoundryInstance } from '../../src/testing/cloud-foundry/instances.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BILLING, foundation, ORDERS } from './support.ts';

const SHARED: CloudFoundryInstance = {
  guid: 'c0ffee00-0000-4000-8000-000000000003',
  name: 'gateway',
  type: 'user-provided',
  routeServiceUrl: 'https://route-service.example.org',
  sharedWith: [{ spaceGuid: '0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90', boundApps: 3 }],
  bindings: [
    {
      guid: 'b-app',
      type: 'app',
      name: 'gw',
      app: { guid: 'a-1', name: 'front', state: 'STOPPED', spaceGuid: 'space-2' },
      labels: { tier: 'front' },
      createdAt: '2026-03-01T00:00:00Z',
      isBusy: true,
    },
    { guid: 'b-key', type: 'key', name: 'key-1' },
    { guid: 'b-route', type: 'route', route: { guid: 'r-1', url: 'orders.apps.example.org/v1' } },
  ],
};

function shared() {
  const world = foundation();
  const emulator = cloudFoundryEmulator({ clock: world.clock, serviceInstances: [SHARED] });
  const { cf } = foundation({}, { fetch: emulator.fetch, clock: world.clock });
  return { cf, emulator };
}

describe('the bindings of an instance', () => {
  it('are apps with their names and states, and keys', async () => {
    const bindings = await foundation().cf.bindings.list(ORDERS).toArray();
    expect(bindings).toMatchObject([
      {
        type: 'app',
        serviceInstanceGuid: ORDERS,
        app: { name: 'orders', state: 'STARTED', spaceGuid: '5a84d315-9513-4d74-95e5-f6a5501eeef7' },
      },
      { type: 'app', name: 'reports', app: { name: 'orders-report', state: 'STOPPED' } },
      { type: 'key', name: 'backup-check' },
    ]);
    expect(bindings[0]).not.toHaveProperty('name');
    expect(bindings[2]).not.toHaveProperty('app');
  });

  it('are routes too, and all that the server says of them', async () => {
    const bindings = await shared().cf.bindings.list(SHARED.guid).toArray();
    expect(bindings.map(({ guid, type }) => [guid, type])).toEqual([
      ['b-key', 'key'],
      ['b-app', 'app'],
      ['b-route', 'route'],
    ]);
    expect(bindings[1]).toEqual({
      guid: 'b-app',
      type: 'app',
      name: 'gw',
      serviceInstanceGuid: SHARED.guid,
      app: { guid: 'a-1', name: 'front', state: 'STOPPED', spaceGuid: 'space-2' },
      createdAt: new Date('2026-03-01T00:00:00Z'),
      updatedAt: new Date('2026-03-01T00:00:00Z'),
      lastOperation: {
        type: 'create',
        state: 'in progress',
        createdAt: new Date('2026-03-01T00:00:00Z'),
        updatedAt: new Date('2026-03-01T00:00:00Z'),
      },
      labels: { tier: 'front' },
      annotations: {},
    });
    expect(bindings[2]).toMatchObject({
      route: { guid: 'r-1', url: 'orders.apps.example.org/v1' },
      routeServiceUrl: 'https://route-service.example.org',
    });
  });

  it.each<[ListBindingsOptions, string[], string[]]>([
    [{ type: 'app' }, ['b-app'], ['listServiceCredentialBindings']],
    [{ type: 'key' }, ['b-key'], ['listServiceCredentialBindings']],
    [{ type: 'route' }, ['b-route'], ['listServiceRouteBindings']],
    [
      { perPage: 1 },
      ['b-key', 'b-app', 'b-route'],
      ['listServiceCredentialBindings', 'listServiceCredentialBindings', 'listServiceRouteBindings'],
    ],
  ])('are read as %j asks, and no list in vain', async (options, guids, operations) => {
    const { cf, emulator } = shared();
    const bindings = await cf.bindings.list(SHARED.guid, options).toArray();
    expect(bindings.map(({ guid }) => guid)).toEqual(guids);
    const sent = emulator.requests.map(({ operationId }) => operationId ?? '');
    expect(sent.filter((id) => id.startsWith('list'))).toEqual(operations);
  });

  it('of another instance are not among them', async () => {
    await expect(foundation().cf.bindings.list(BILLING).toArray()).resolves.toEqual([]);
  });

  it('are shown with what a sparse server sends, and with words that are not documented', async () => {
    const resources = [
      { guid: 'a', relationships: { app: { data: { guid: 'app-1' } } }, last_operation: null, metadata: 'broken' },
      { guid: 'b', type: 'brand-new', last_operation: {} },
      { guid: 'c' },
    ];
    const server = scriptedServer(({ url }) =>
      Response.json({ pagination: { next: null }, resources: url.pathname.includes('route') ? [] : resources }),
    );
    await expect(clientOf({ fetch: server.fetch }).cf.bindings.list(ORDERS).toArray()).resolves.toEqual([
      { guid: 'a', type: 'app', app: { guid: 'app-1' } },
      { guid: 'b', type: 'brand-new' },
      { guid: 'c', type: 'key' },
    ]);
  });

  it('follow links to own pages only', async () => {
    const server = scriptedServer(
      Response.json({
        pagination: { next: { href: 'https://api.example.org/v3/service_instances?page=2' } },
        resources: [{ guid: 'a' }],
      }),
    );
    const error = await rejection(clientOf({ fetch: server.fetch }).cf.bindings.list(ORDERS).toArray());
    expect(error).toMatchObject({ name: 'UntrustedLocationError' });
    expect(server.received).toHaveLength(1);
  });

  it('of an id with a comma are those of that id', async () => {
    const server = scriptedServer(Response.json({ pagination: {}, resources: [] }));
    await clientOf({ fetch: server.fetch }).cf.bindings.list('a,b', { type: 'key' }).toArray();
    expect(server.received[0]?.url.search).toMatch(/^\?service_instance_guids=a%252Cb&type=key/);
  });
});

describe('the spaces that an instance is shared with', () => {
  it('are counted, also where their bindings cannot be read', async () => {
    await expect(shared().cf.bindings.inSharedSpaces(SHARED.guid)).resolves.toEqual([
      { spaceGuid: '0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90', boundApps: 3 },
    ]);
    await expect(shared().cf.bindings.inSharedSpaces(ORDERS)).resolves.toEqual([]);
  });

  it('of an instance that does not exist are an error', async () => {
    const error = await rejection(foundation().cf.bindings.inSharedSpaces('nobody'));
    expect(error).toMatchObject({ name: 'NotFoundError', started: 'no' });
  });
});

it('a binding operation that runs refuses a restore as a conflict (CF-14)', async () => {
  const { cf, emulator } = shared();
  const busy: CloudFoundryInstance = { ...SHARED, guid: 'busy', type: 'managed', backups: [] };
  const world = cloudFoundryEmulator({ serviceInstances: [busy] });
  const client = foundation({}, { fetch: world.fetch }).cf;
  const error = await rejection(client.serviceInstances.restore({ into: 'busy', from: { pointInTime: new Date(0) } }));
  expect(error).toMatchObject({
    name: 'ConflictError',
    status: 409,
    started: 'no',
    errors: [{ code: '90008', title: 'CF-AsyncServiceBindingOperationInProgress' }],
  });
  const binding = (await cf.bindings.list(SHARED.guid).toArray()).find(
    ({ lastOperation }) => lastOperation?.state === 'in progress',
  );
  expect(binding?.app?.name).toBe('front');
  expect(emulator.restores).toEqual([]);
});
