import { describe, expect, it } from 'vitest';
import type { CloudFoundryInstance } from '../../src/testing/cloud-foundry/instances.ts';
import { BILLING, foundationWire, ORDERS, STAGING_ORDERS } from './cloud-foundry-wire.ts';

const ODD: CloudFoundryInstance = { guid: 'odd', name: '50%, off', plan: { guid: 'plan-big', name: 'Big' } };
const PERCENT: CloudFoundryInstance = { guid: 'percent', name: 'a%41b' };
const LEGACY: CloudFoundryInstance = {
  guid: 'legacy',
  name: 'legacy-db',
  type: 'user-provided',
  organization: { guid: 'org-2', name: 'globex' },
  createdAt: '2026-03-01T00:00:00Z',
  labels: { env: 'legacy' },
};

async function list(query: string) {
  const { ask } = await foundationWire({ serviceInstances: [ODD, PERCENT, LEGACY] });
  return ask(`/v3/service_instances?${query}`);
}

const guidsOf = async (query: string) => (await list(query)).body.resources.map(({ guid }: { guid: string }) => guid);

describe('a documented filter', () => {
  it.each<[string, readonly string[]]>([
    ['names=orders-db', [ORDERS, STAGING_ORDERS]],
    ['names=Orders-DB', []],
    ['names=orders-db,billing-db', [ORDERS, BILLING, STAGING_ORDERS]],
    ['names=nobody,%20billing-db', [BILLING]],
    ['names=', []],
    [`guids=${BILLING}`, [BILLING]],
    ['space_guids=0f8a2c61-3b7d-4e0c-9c55-1d6b7a2e4f90', [STAGING_ORDERS]],
    ['organization_guids=org-2', ['legacy']],
    ['service_plan_guids=plan-big', ['odd']],
    ['service_plan_names=bIg', ['odd']],
    ['type=user-provided', ['legacy']],
    ['type=managed&names=legacy-db', []],
    ['label_selector=env', [ORDERS, BILLING, STAGING_ORDERS, 'legacy']],
    ['label_selector=!env', ['odd', 'percent']],
    ['label_selector=env=production,team=orders', [ORDERS]],
    ['label_selector=env==production,team!=orders', [BILLING]],
    ['label_selector=env%20in%20(staging,legacy)', [STAGING_ORDERS, 'legacy']],
    ['label_selector=env%20notin%20(production,legacy)', ['odd', 'percent', STAGING_ORDERS]],
    ['created_ats[gt]=2026-02-03T14:00:00Z', ['legacy']],
    ['created_ats[gte]=2026-02-03T14:00:00Z&created_ats[lt]=2026-03-01T00:00:00Z', [STAGING_ORDERS]],
    ['created_ats=2026-03-01T00:00:00Z,2026-02-03T14:00:00Z', [STAGING_ORDERS, 'legacy']],
    ['updated_ats[lte]=2026-01-12T09:30:00Z&type=managed&names=billing-db', [BILLING]],
  ])('%s', async (query, guids) => {
    expect(await guidsOf(query)).toEqual(guids.slice().sort(byListOrder));
  });

  const order = [ORDERS, BILLING, 'odd', 'percent', STAGING_ORDERS, 'legacy'];
  const byListOrder = (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
});

describe('a list of names is split before its items are unescaped again', () => {
  const encode = (text: string) => encodeURIComponent(text);
  it.each<[string, readonly string[]]>([
    // Escaped twice, comma and percent alike, it is one name.
    [encode(encode('50%, off')), ['odd']],
    // Escaped once, the comma separates.
    [encode('50%, off'), []],
    [encode(encode('a%41b')), ['percent']],
    // An item with an escape that was not escaped itself is another name.
    [encode('a%41b'), []],
  ])('%s', async (value, guids) => {
    expect(await guidsOf(`names=${value}`)).toEqual(guids);
  });
});

it.each([
  'colour=red',
  'include=space',
  'type=bogus',
  'type=',
  'names[gt]=a',
  'fields=space',
  'fields[moon]=guid',
  'fields[space]=colour',
  'fields[space.organization]=relationships.quota',
  'label_selector=',
  'label_selector=!',
  'label_selector=env%20in',
  `label_selector=${Array.from({ length: 51 }, () => 'a').join(',')}`,
  'created_ats=',
  'created_ats[gt]=2026-02-03T14:00:00.5Z',
  'created_ats[gt]=2026-02-03T14:00:00%2B02:00',
  'created_ats[gt]=2026-02-03T14:00:00Z,2026-02-04T14:00:00Z',
  'created_ats[after]=2026-02-03T14:00:00Z',
  'order_by=colour',
  'per_page=5001',
])('a wrong one is refused with 400: %s', async (query) => {
  const { status, body } = await list(query);
  expect([status, body.errors[0].title]).toEqual([400, 'CF-BadQueryParameter']);
});

it('only the list shows the relations of what is included', async () => {
  const { ask } = await foundationWire();
  const fields = 'fields[space]=guid,name,relationships.organization';
  const listed = await ask(`/v3/service_instances?names=billing-db&${fields}&fields[space.organization]=guid,name`);
  expect(listed.body.included).toEqual({
    spaces: [
      {
        guid: '5a84d315-9513-4d74-95e5-f6a5501eeef7',
        name: 'production',
        relationships: { organization: { data: { guid: '1c0e6074-777f-450e-9abc-c42f39d9b75b' } } },
      },
    ],
    organizations: [{ guid: '1c0e6074-777f-450e-9abc-c42f39d9b75b', name: 'acme' }],
  });
  expect((await ask(`/v3/service_instances/${BILLING}?${fields}`)).status).toBe(400);
  const plan = 'fields[service_plan]=name&fields[service_plan.service_offering]=name';
  expect((await ask(`/v3/service_instances/${BILLING}?${plan}`)).body.included).toEqual({
    service_plans: [{ name: 'on-demand-small' }],
    service_offerings: [{ name: 'postgres' }],
  });
});

it('a managed instance has seven links', async () => {
  const { ask } = await foundationWire();
  const { body } = await ask(`/v3/service_instances/${ORDERS}`);
  expect(Object.keys(body.links).sort()).toEqual([
    'parameters',
    'self',
    'service_credential_bindings',
    'service_plan',
    'service_route_bindings',
    'shared_spaces',
    'space',
  ]);
});
