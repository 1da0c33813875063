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
      relationships: z.nullish(z.looseObject({ organization: RelationSchema, service_offering: RelationSchema })),
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
});

const LinkSchema = z.nullish(z.looseObject({ href: text }));

export const ServiceInstancePageSchema = z.looseObject({
  pagination: z.looseObject({ next: LinkSchema }),
  resources: z.array(ServiceInstanceSchema),
  included: IncludedSchema,
});

/** This is no page of the v3 API, and its times are integers (CF-10, CF-11). */
export const BackupListSchema = z.looseObject({
  backups: z.array(z.looseObject({ id: text, created_at: z.nullish(z.number()) })),
});
