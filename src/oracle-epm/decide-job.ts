import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft, Step, Warning } from '../operation/status.ts';
import { type FetchStatus, type JsonObject, textOf } from '../protocols/poll-response.ts';
import { statusCodeProtocol, toStatusCode } from '../protocols/status-code.ts';
import { isEnvelope } from './envelope.ts';
import { outcomeOf, toSteps, unfinishedSteps } from './steps.ts';

/** What a job that ended with status 0 has done, according to its steps. */
export interface JobReport<Result> {
  readonly result: (steps: readonly Step[], body: JsonObject) => Result;
  readonly warnings?: (steps: readonly Step[]) => readonly Warning[];
  /** Whether the steps say that the job has not done all of its work. @default a step failed */
  readonly isPartial?: (steps: readonly Step[]) => boolean;
}

/**
 * Makes the poll of a job. Only `status` decides whether and how it ended, and HTTP is always 200: -1 is running, 0
 * succeeded, and any positive number failed (OE-1, OE-2). After 0, a failed step makes the result partial, and an
 * unknown state of a step adds a warning (OE-12).
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_status_codes.html
 */
export function decideJob<Result>(
  fetchStatus: FetchStatus,
  report: JobReport<Result>,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  const poll = statusCodeProtocol({
    fetchStatus,
    code: codeOf,
    message: messageOf,
    steps: stepsOf,
    warnings: (body) => [...stepWarnings(body), ...(report.warnings?.(stepsOf(body)) ?? [])],
    result: (body) => report.result(stepsOf(body), body),
  });
  return async (options) => {
    const status = await poll(options);
    if (status.state !== 'succeeded') return status;
    const { steps = [] } = status;
    const isPartial = hasFailedStep(steps) || report.isPartial?.(steps) === true;
    return isPartial ? { ...status, state: 'partial' } : status;
  };
}

/** Error bodies of gateways have a number as `status` too, even under HTTP 200. */
function codeOf(body: JsonObject): unknown {
  if (isEnvelope(body) || toStatusCode(body.status) === undefined) return body.status;
  throw new UnexpectedResponseError('The answer has a status, but none of the other fields of an answer about a job.', {
    status: 200,
    issues: ['details, items, links and intermittentStatus are missing; a gateway may have answered'],
  });
}

function hasFailedStep(steps: readonly Step[]): boolean {
  return steps.some((step) => outcomeOf(step) === 'failed');
}

/** `details` is null, empty or a sentence. It may also be null after an error (OE-10). */
function messageOf(body: JsonObject): string | undefined {
  const details = textOf(body.details);
  // Services of v1 write null as a text (OE-8).
  if (details !== undefined && details !== 'null') return details;
  const code = toStatusCode(body.status);
  const steps = unfinishedSteps(stepsOf(body));
  if (code === undefined || code <= 0 || steps.length === 0) return undefined;
  const named = steps.map(({ name, state }) => `${name} (${state})`).join(', ');
  return `The vendor answered status ${code} and gave no reason. Steps not done: ${named}.`;
}

function stepWarnings(body: JsonObject): readonly Warning[] {
  return unfinishedSteps(stepsOf(body)).map((step) => ({
    code: outcomeOf(step) === 'failed' ? 'failed-step' : 'odd-step',
    message: `The vendor reports that the job is done, but its step '${step.name}' says '${step.state}'.`,
  }));
}

function stepsOf(body: JsonObject): readonly Step[] {
  return toSteps(body.intermittentStatus);
}
