import { toStatusCode } from '../protocols/status-code.ts';
import * as z from '../schema/schema.ts';
import { isEnvelope } from './envelope.ts';

export const LinkSchema = z.looseObject({ rel: z.string(), href: z.string() });

/** A list is answered at once, so `status` is 0, or a positive number for a refusal (OE-1). */
export const BackupListSchema = z.where(
  z.looseObject({
    status: z.where(z.unknown(), (status) => (toStatusCode(status) ?? -1) >= 0, 'is no final status'),
    details: z.nullish(z.string()),
    items: z.nullish(z.array(z.string())),
  }),
  (answer) => isEnvelope(answer),
  'has a status, but none of the other fields of the API',
);

/** The part of the answer of a start that contains the end. It is kept in the handle. */
export const EndedAtOnceSchema = z.looseObject({
  status: z.where(z.number(), (status) => status >= 0, 'is no final status'),
  details: z.nullish(z.string()),
  intermittentStatus: z.nullish(z.array(z.looseObject({}))),
});
