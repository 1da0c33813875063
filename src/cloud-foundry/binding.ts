import { textOf } from '../http/error-body.ts';
import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { BindingPageSchema } from './schemas.ts';
import { type LastOperation, type NamedResource, times, toLastOperation } from './service-instance.ts';
import { metadataOf } from './text-fields.ts';

/** An app that is bound to a service instance. */
export interface BoundApp extends NamedResource {
  /** `STARTED` or `STOPPED`. A started app uses new credentials only after it was restarted. */
  readonly state?: 'STARTED' | 'STOPPED' | (string & {});
  /** Of a shared instance, apps may live in other spaces than the instance. */
  readonly spaceGuid?: string;
}

/**
 * A use of a service instance: an app, a key that somebody made to connect from elsewhere, or a route whose requests go
 * through the instance. It holds no credentials.
 */
export interface ServiceBinding {
  readonly guid: string;
  readonly type: 'app' | 'key' | 'route' | (string & {});
  /** Keys have a name. Bindings of apps may have one. */
  readonly name?: string;
  readonly serviceInstanceGuid?: string;
  /** Of bindings of the type `app` only. */
  readonly app?: BoundApp;
  /** Of bindings of the type `route` only. `url` is host, domain and path. */
  readonly route?: { readonly guid: string; readonly url?: string };
  /** Where requests of the route are sent, of the type `route` only. It may hold a credential. */
  readonly routeServiceUrl?: string;
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
  /** A binding operation that is `in progress` may refuse a restore (CF-14). */
  readonly lastOperation?: LastOperation;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

type BindingPage = z.Output<typeof BindingPageSchema>;

/** @param included the related resources of the page, which `include` requests */
export function toBinding(
  binding: BindingPage['resources'][number],
  included: BindingPage['included'],
): ServiceBinding {
  const { relationships } = binding;
  const appGuid = relationships?.app?.data?.guid;
  const routeGuid = relationships?.route?.data?.guid;
  const app = included?.apps?.find(({ guid }) => guid === appGuid);
  const route = included?.routes?.find(({ guid }) => guid === routeGuid);
  return {
    guid: binding.guid,
    type: binding.type ?? (routeGuid ? 'route' : appGuid ? 'app' : 'key'),
    ...omitEmpty({ name: binding.name, serviceInstanceGuid: relationships?.service_instance?.data?.guid }),
    ...(appGuid && {
      app: {
        guid: appGuid,
        ...omitEmpty({ name: app?.name, state: app?.state, spaceGuid: app?.relationships?.space?.data?.guid }),
      },
    }),
    ...(routeGuid && { route: { guid: routeGuid, ...omitEmpty({ url: route?.url }) } }),
    ...times(binding),
    ...omitUndefined({
      routeServiceUrl: textOf(binding.route_service_url),
      lastOperation: toLastOperation(binding.last_operation),
    }),
    ...metadataOf(binding.metadata),
  };
}
