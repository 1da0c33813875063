import type { Failure, StatusDraft, Warning } from '../operation/status.ts';
import { jobLocationProtocol } from '../protocols/job-location.ts';
import type { FetchStatus, HeaderBag, JsonObject } from '../protocols/poll-response.ts';
import { omitEmpty } from '../values/omit-empty.ts';
import { headerWarnings } from './header-warnings.ts';
import { toJobErrors } from './job-errors.ts';
import { toJobWarnings } from './job-warnings.ts';

/**
 * Makes the poll of a job. Only `COMPLETE` and `FAILED` end it, both with HTTP 200 (CF-1, CF-2). Errors of a running
 * job decide nothing (CF-4), and a failed job may have none (CF-3).
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

function failureOf(body: JsonObject): Failure {
  const errors = toJobErrors(body.errors);
  if (errors.length === 0) return { message: 'The job failed and gave no reason.', details: body };
  // FAILED is the view of the Cloud Controller. After its timeout the broker may still be working (CF-26).
  const { title, code } = errors.find((error) => error.title !== undefined) ?? errors.find((error) => error.code) ?? {};
  const message = errors.map(({ message }) => message).join('; ');
  return { message, ...omitEmpty({ code: title ?? code }), details: body };
}

function warningsOf(body: JsonObject, headers: HeaderBag): readonly Warning[] {
  const texts = [...toJobWarnings(body.warnings), ...headerWarnings(headers.get('x-cf-warnings'))];
  return [...new Set(texts)].map((message) => ({ message }));
}
