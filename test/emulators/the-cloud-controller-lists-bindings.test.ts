import { describe, expect, it } from 'vitest';
import type { CloudFoundryInstance } from '../../src/testing/cloud-foundry/instances.ts';
import { BILLING, foundationWire, ORDERS } from './cloud-foundry-wire.ts';

const GATEWAY: CloudFoundryInstance = {
  guid: 'gateway',
  name: 'gateway',
  type: 'user-provided',
  bindings: [
    { guid: 'late', type: 'app', name: 'z', app: { guid: 'front', name: 'front' }, createdAt: '2026-03-01T00:00:00Z' },
    { guid: 'key', type: 'key', name: 'a', labels: { env: 'test' } },
    { guid: 'route-1', type: 'route', route: { guid: 'r-1', url: 'a.example.org' } },
    { guid: 'route-2', type: 'route', route: { guid: 'r-2', url: 'b.example.org' } },
  ],
};
const APP = 'dde5ad2a-d8f4-44dc-a56f-0452d744f1c3';
const REPORTS = '2c9b4d10-6f1e-4a8b-9d27-3b5e8f0a7c64';
const KEY = '7aa37bad-6ccb-4ef9-ba48-9ce3a91b2b62';

async function ask(path: string) {
  const wire = await foundationWire({ serviceInstances: [GATEWAY] });
  return wire.ask(`/v3/${path}`);
}

const guidsOf = async (path: string) =>
  (await ask(path)).body.resources.map(({ guid }: { guid: string }) => guid) as string[];

describe('a documented filter of credential bindings', () => {
  it.each<[string, readonly string[]]>([
    [`service_instance_guids=${ORDERS}`, [APP, REPORTS, KEY]],
    [`service_instance_guids=${BILLING}`, []],
    ['service_instance_names=gateway,billing-db', ['key', 'late']],
    ['names=a,reports', [REPORTS, 'key']],
    ['app_names=front', ['late']],
    ['app_guids=74f7c078-0934-470f-9883-4fdd5a5b8f13', [APP]],
    ['service_plan_names=on-demand-small', [APP, REPORTS, KEY]],
    ['service_offering_names=postgres&type=key', [KEY]],
    ['type=app', [APP, REPORTS, 'late']],
    [`guids=${KEY},late`, [KEY, 'late']],
    ['label_selector=env=test', ['key']],
    ['created_ats[gt]=2026-02-01T00:00:00Z', ['late']],
    ['type=app&order_by=-created_at&per_page=1', ['late']],
    ['order_by=name&service_instance_names=gateway', ['key', 'late']],
  ])('%s', async (query, guids) => {
    expect(await guidsOf(`service_credential_bindings?${query}`)).toEqual(guids);
  });
});

it('routes are a list of their own', async () => {
  expect(await guidsOf('service_route_bindings?service_instance_guids=gateway')).toEqual(['route-1', 'route-2']);
  expect(await guidsOf('service_route_bindings?route_guids=r-2')).toEqual(['route-2']);
  expect(await guidsOf('service_credential_bindings?guids=route-1')).toEqual([]);
});

it('related resources are included as asked for, each once', async () => {
  const plain = await ask('service_credential_bindings');
  expect(plain.body).not.toHaveProperty('included');
  const { body } = await ask('service_credential_bindings?include=app,service_instance');
  expect(body.included.apps.map(({ name }: { name: string }) => name)).toEqual(['orders', 'orders-report', 'front']);
  expect(body.included.service_instances).toHaveLength(2);
  const routes = await ask('service_route_bindings?include=route');
  expect(routes.body.included).toEqual({
    routes: [
      { guid: 'r-1', url: 'a.example.org' },
      { guid: 'r-2', url: 'b.example.org' },
    ],
  });
});

it('pages link to each other', async () => {
  const { body } = await ask('service_credential_bindings?per_page=2&page=2&type=app');
  expect(body.pagination).toMatchObject({ total_results: 3, total_pages: 2, next: null });
  expect(body.pagination.previous.href).toContain('/v3/service_credential_bindings?per_page=2&page=1&type=app');
});

it.each([
  'service_credential_bindings?foo=1',
  'service_credential_bindings?include=route',
  'service_credential_bindings?per_page=0',
  'service_credential_bindings?order_by=guid',
  'service_credential_bindings?created_ats=today',
  'service_route_bindings?include=app',
  'service_route_bindings?names=a',
  'service_route_bindings?order_by=name',
])('%s is answered 400', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 400, body: { errors: [{ code: 10005 }] } });
});

it('the summary of shared spaces is answered 404 for an instance that does not exist', async () => {
  const path = (guid: string) => `service_instances/${guid}/relationships/shared_spaces/usage_summary`;
  expect(await ask(path('nobody'))).toMatchObject({ status: 404, body: { errors: [{ code: 10010 }] } });
  expect((await ask(path(ORDERS))).body.usage_summary).toEqual([]);
});
