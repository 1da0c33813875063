import * as z from '../schema/schema.ts';

const text = z.nullish(z.string());

/** Some servers send only the guid and the state (CF-7). */
export const JobSchema = z.looseObject({
  guid: z.string(),
  state: z.string(),
  operation: text,
  created_at: text,
  updated_at: text,
  // The items are read one by one, because a malformed one must not hide the job.
  errors: z.optional(z.unknown()),
  warnings: z.optional(z.unknown()),
});

/** A field that only describes. It is read when it is needed, because a malformed one must not hide the rest. */
const described = z.optional(z.unknown());

const LastOperationSchema = z.looseObject({
  type: text,
  state: text,
  description: text,
  created_at: text,
  updated_at: text,
});

const RelationSchema = z.nullish(z.looseObject({ data: z.nullish(z.looseObject({ guid: text })) }));

const RelatedSchema = z.nullish(
  z.array(
    z.looseObject({
      guid: text,
      name: text,
      description: described,
      documentation_url: described,
      tags: described,
      relationships: z.nullish(
        z.looseObject({
          organization: RelationSchema,
          service_offering: RelationSchema,
          service_broker: RelationSchema,
        }),
      ),
    }),
  ),
);

/** The related resources that `fields` requests. */
export const IncludedSchema = z.nullish(
  z.looseObject({
    spaces: RelatedSchema,
    organizations: RelatedSchema,
    service_plans: RelatedSchema,
    service_offerings: RelatedSchema,
    service_brokers: RelatedSchema,
  }),
);

export const ServiceInstanceSchema = z.looseObject({
  guid: z.string(),
  name: z.string(),
  type: text,
  created_at: text,
  updated_at: text,
  last_operation: z.nullish(LastOperationSchema),
  relationships: z.nullish(z.looseObject({ space: RelationSchema, service_plan: RelationSchema })),
  included: IncludedSchema,
  tags: described,
  metadata: described,
  dashboard_url: described,
  maintenance_info: described,
  upgrade_available: described,
  broker_provided_metadata: described,
  syslog_drain_url: described,
  route_service_url: described,
});

const LinkSchema = z.nullish(z.looseObject({ href: text }));

const PaginationSchema = z.looseObject({ next: LinkSchema });

export const ServiceInstancePageSchema = z.looseObject({
  pagination: PaginationSchema,
  resources: z.array(ServiceInstanceSchema),
  included: IncludedSchema,
});

/** A page of credential bindings or of route bindings. */
export const BindingPageSchema = z.looseObject({
  pagination: PaginationSchema,
  resources: z.array(
    z.looseObject({
      guid: z.string(),
      type: text,
      name: text,
      created_at: text,
      updated_at: text,
      last_operation: z.nullish(LastOperationSchema),
      metadata: described,
      route_service_url: described,
      relationships: z.nullish(
        z.looseObject({ service_instance: RelationSchema, app: RelationSchema, route: RelationSchema }),
      ),
    }),
  ),
  included: z.nullish(
    z.looseObject({
      apps: z.nullish(
        z.array(
          z.looseObject({
            guid: text,
            name: text,
            state: text,
            relationships: z.nullish(z.looseObject({ space: RelationSchema })),
          }),
        ),
      ),
      routes: z.nullish(z.array(z.looseObject({ guid: text, url: text }))),
    }),
  ),
});

export const SharedSpacesUsageSchema = z.looseObject({
  usage_summary: z.array(z.looseObject({ space: z.looseObject({ guid: z.string() }), bound_app_count: z.number() })),
});

/** This is no page of the v3 API, and its times are integers (CF-10, CF-11). */
export const BackupListSchema = z.looseObject({
  backups: z.array(z.looseObject({ id: text, created_at: z.nullish(z.number()) })),
});
