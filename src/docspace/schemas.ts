import { FilledTextSchema, NumberOrTextSchema } from '../client/text-schemas.ts';
import * as z from '../schema/schema.ts';

const text = z.nullish(z.string());
/** An enumeration. Answers have numbers; other versions of the vendor's enumeration have names (DS-26). */
const enumeration = NumberOrTextSchema;

/**
 * The envelope of every answer. `status` is 0 or 1, `statusCode` is the HTTP status, and null means absent (DS-6,
 * DS-17).
 */
export const EnvelopeSchema = z.looseObject({
  response: z.optional(z.unknown()),
  status: z.optional(z.unknown()),
  statusCode: z.optional(z.unknown()),
});

/** Only `isCompleted` is always present. Servers up to 3.6 send neither `status` nor `warning` (DS-27). */
export const ProgressSchema = z.looseObject({
  isCompleted: z.boolean(),
  progress: enumeration,
  error: text,
  warning: z.optional(z.unknown()),
  link: z.optional(z.unknown()),
  status: enumeration,
  taskId: text,
});

/** The fields of the answer of a start that are needed to follow it. The first poll reads the other fields. */
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

export const ScheduleSchema = z.looseObject({
  storageType: enumeration,
  storageParams: z.optional(z.unknown()),
  cronParams: z.looseObject({ period: enumeration, hour: enumeration, day: enumeration }),
  backupsStored: enumeration,
  lastBackupTime: text,
  dump: z.nullish(z.boolean()),
});

export const CountSchema = z.where(z.number(), Number.isInteger, 'is no whole number');

export const CountsSchema = z.looseObject({ free: CountSchema, paid: CountSchema });

export const ServiceStateSchema = z.looseObject({ enabled: z.boolean() });

/** The answer of the upload handler. Its names begin with capitals, and there is no envelope. */
export const UploadAnswerSchema = z.looseObject({
  Success: z.boolean(),
  Message: z.optional(z.unknown()),
  ChunkSize: z.nullish(z.number()),
  EndUpload: z.nullish(z.boolean()),
});

/** The key itself is only in the answer that made it. */
export const NewKeySchema = z.looseObject({ id: z.string(), name: text, key: FilledTextSchema });

export const SettingsSchema = z.looseObject({ tenantStatus: enumeration });
