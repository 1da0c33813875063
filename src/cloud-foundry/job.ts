import type { VendorError } from '../errors/api-error.ts';
import type { Warning } from '../operation/status.ts';
import type * as z from '../schema/schema.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { headerWarnings } from './header-warnings.ts';
import { toJobErrors } from './job-errors.ts';
import { toJobWarnings } from './job-warnings.ts';
import type { JobSchema } from './schemas.ts';
import { toOptionalDate } from './times.ts';

/** A job of the Cloud Controller. */
export interface CloudFoundryJob {
  readonly guid: string;
  /** `PROCESSING`, `POLLING`, `COMPLETE`, `FAILED`, or a state that is not documented. */
  readonly state: string;
  readonly operation?: string;
  /** May be filled while the job runs (CF-4) and empty when it has failed (CF-3). */
  readonly errors: readonly VendorError[];
  /** Those of the job and those of the header `X-Cf-Warnings` (CF-27), each once. */
  readonly warnings: readonly Warning[];
  readonly createdAt?: Date;
  readonly updatedAt?: Date;
}

/** @param header the value of `X-Cf-Warnings` */
export function toJob(job: z.Output<typeof JobSchema>, header: string | null): CloudFoundryJob {
  const createdAt = toOptionalDate(job.created_at);
  const updatedAt = toOptionalDate(job.updated_at);
  return {
    guid: job.guid,
    state: job.state,
    ...omitEmpty({ operation: job.operation }),
    errors: toJobErrors(job.errors),
    warnings: [...new Set([...toJobWarnings(job.warnings), ...headerWarnings(header)])].map((message) => ({ message })),
    ...omitUndefined({ createdAt, updatedAt }),
  };
}
