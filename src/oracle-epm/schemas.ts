import { toStatusCode } from '../protocols/status-code.ts';
import * as z from '../schema/schema.ts';
import { isEnvelope } from './envelope.ts';

export const LinkSchema = z.looseObject({ rel: z.string(), href: z.string() });

/** These calls are answered at once, so `status` is 0, or a positive number for a refusal (OE-1). */
const answered = {
  status: z.where(z.unknown(), (status) => (toStatusCode(status) ?? -1) >= 0, 'is no final status'),
  details: z.nullish(z.string()),
};
const NO_ANSWER = 'has a status, but none of the other fields of the API';

export const BackupListSchema = z.where(
  z.looseObject({ ...answered, items: z.nullish(z.array(z.string())) }),
  (answer) => isEnvelope(answer),
  NO_ANSWER,
);

/** Sizes and times are texts, or null; `toFile` reads them. */
const FileSchema = z.looseObject({
  name: z.string(),
  type: z.nullish(z.string()),
  size: z.optional(z.unknown()),
  lastmodifiedtime: z.optional(z.unknown()),
});

export const FileListSchema = z.where(
  z.looseObject({ ...answered, items: z.nullish(z.array(FileSchema)) }),
  (answer) => isEnvelope(answer),
  NO_ANSWER,
);

const WindowSchema = z.looseObject({
  amwTime: z.nullish(z.string()),
  timeZone: z.nullish(z.string()),
  buildVersion: z.nullish(z.string()),
});

export const MaintenanceSchema = z.where(
  z.looseObject({ ...answered, items: z.nullish(z.array(WindowSchema)) }),
  (answer) => isEnvelope(answer),
  NO_ANSWER,
);

/** The part of the answer of a start that contains the end. It is kept in the handle. */
export const EndedAtOnceSchema = z.looseObject({
  status: z.where(z.number(), (status) => status >= 0, 'is no final status'),
  details: z.nullish(z.string()),
  intermittentStatus: z.nullish(z.array(z.looseObject({}))),
});
