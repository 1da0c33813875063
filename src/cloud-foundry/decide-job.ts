import type { Failure, StatusDraft, Warning } from '../operation/status.ts';
import { jobLocationProtocol } from '../protocols/job-location.ts';
import type { FetchStatus, HeaderBag, JsonObject } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { headerWarnings } from './header-warnings.ts';
import { toVendorError } from './job.ts';
import { JobErrorSchema, JobSchema } from './schemas.ts';

/**
 * One poll of a job. Only `COMPLETE` and `FAILED` are the end, at HTTP 200 both (CF-1, CF-2); errors of a running job
 * decide nothing (CF-4), and a failed one may have none (CF-3).
 * @see https://v3-apidocs.cloudfoundry.org/#jobs
 */
export function decideJob<Result>(
  fetchStatus: FetchStatus,
  result: () => Result,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return jobLocationProtocol({
    fetchStatus,
    words: { running: ['PROCESSING', 'POLLING'], succeeded: ['COMPLETE'], failed: ['FAILED'] },
    failure: failureOf,
    warnings: warningsOf,
    result,
  });
}

const ErrorsSchema = z.looseObject({ errors: z.nullish(z.array(JobErrorSchema)) });

function failureOf(body: JsonObject): Failure {
  const errors = (z.safeParse(ErrorsSchema, body).data?.errors ?? []).map(toVendorError);
  const [first] = errors;
  if (!first) return { message: 'The job failed and gave no reason.', details: body };
  // FAILED is what the Cloud Controller saw: after a timeout the broker may still be at work (CF-26).
  const code = first.title ?? first.code;
  return { message: errors.map((error) => error.message).join('; '), ...(code ? { code } : {}), details: body };
}

function warningsOf(body: JsonObject, headers: HeaderBag): readonly Warning[] {
  const job = z.safeParse(JobSchema, body).data;
  const texts = [
    ...(job?.warnings ?? []).flatMap(({ detail }) => (detail ? [detail] : [])),
    ...headerWarnings(headers.get('x-cf-warnings')),
  ];
  return [...new Set(texts)].map((message) => ({ message }));
}
