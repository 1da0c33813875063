import { FilledTextSchema, NumberOrTextSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

const text = z.nullish(z.string());
/** Numbers in all answers; names in the vendor's other variants of the same enum (DS-26). */
const enumeration = NumberOrTextSchema;

/** Around every answer. `status` is 0 or 1, `statusCode` the HTTP code; what is null is absent (DS-6, DS-17). */
export const EnvelopeSchema = z.looseObject({
  response: z.optional(z.unknown()),
  status: z.optional(z.unknown()),
  statusCode: z.optional(z.unknown()),
});

/** Only `isCompleted` is always there; servers up to 3.6 write neither `status` nor `warning` (DS-27). */
export const ProgressSchema = z.looseObject({
  isCompleted: z.boolean(),
  progress: enumeration,
  error: text,
  warning: z.optional(z.unknown()),
  status: enumeration,
  taskId: text,
});

/** What the answer of a start must have to be followed; whatever else it says is seen again at the first poll. */
export const StartedSchema = z.looseObject({
  taskId: FilledTextSchema,
  isCompleted: z.optional(z.unknown()),
  progress: z.optional(z.unknown()),
});

export const HistorySchema = z.array(
  z.looseObject({
    id: z.string(),
    fileName: text,
    storageType: enumeration,
    createdOn: text,
    expiresOn: text,
  }),
);

export const SettingsSchema = z.looseObject({ tenantStatus: enumeration });
