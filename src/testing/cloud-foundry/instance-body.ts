import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Foundation } from './foundation.ts';
import { type CloudFoundryInstance, isManaged, planOf, spaceOf } from './instances.ts';
import { createdAt, lastOperationOf } from './last-operation.ts';

type Schemas = components['schemas'];

/** An instance as the API shows it. `base` is what its links begin with. */
export function instanceBody(
  foundation: Foundation,
  instance: CloudFoundryInstance,
  base: string,
): Schemas['ServiceInstance'] {
  const self = `${base}/v3/service_instances/${instance.guid}`;
  const space = spaceOf(instance).guid;
  const ofInstance = `service_instance_guids=${instance.guid}`;
  const common = {
    guid: instance.guid,
    created_at: createdAt(instance),
    updated_at: updatedAt(foundation, instance),
    name: instance.name,
    tags: [...(instance.tags ?? [])],
    last_operation: lastOperationOf(foundation, instance),
    metadata: { labels: { ...instance.labels }, annotations: { ...instance.annotations } },
  };
  const links = {
    self: { href: self },
    space: { href: `${base}/v3/spaces/${space}` },
    service_credential_bindings: { href: `${base}/v3/service_credential_bindings?${ofInstance}` },
    service_route_bindings: { href: `${base}/v3/service_route_bindings?${ofInstance}` },
  };
  if (!isManaged(instance)) {
    return {
      ...common,
      type: 'user-provided',
      syslog_drain_url: instance.syslogDrainUrl ?? null,
      route_service_url: instance.routeServiceUrl ?? null,
      relationships: { space: { data: { guid: space } } },
      links: { ...links, credentials: { href: `${self}/credentials` } },
    };
  }
  const plan = planOf(instance).guid;
  return {
    ...common,
    type: 'managed',
    maintenance_info: { version: '1.0.0' },
    upgrade_available: false,
    dashboard_url: instance.dashboardUrl ?? null,
    broker_provided_metadata: { labels: {}, attributes: {} },
    relationships: { service_plan: { data: { guid: plan } }, space: { data: { guid: space } } },
    links: {
      ...links,
      service_plan: { href: `${base}/v3/service_plans/${plan}` },
      parameters: { href: `${self}/parameters` },
      shared_spaces: { href: `${self}/relationships/shared_spaces` },
    },
  };
}

export function updatedAt(foundation: Foundation, instance: CloudFoundryInstance): string {
  return lastOperationOf(foundation, instance).updated_at ?? createdAt(instance);
}
