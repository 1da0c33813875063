import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft, Step, Warning } from '../operation/status.ts';
import { type FetchStatus, type JsonObject, textOf } from '../protocols/poll-response.ts';
import { statusCodeProtocol, toStatusCode } from '../protocols/status-code.ts';
import { isEnvelope } from './envelope.ts';
import { outcomeOf, toSteps, unfinishedSteps } from './steps.ts';

/** What a job that has ended with status 0 has done, by its steps. */
export interface JobReport<Result> {
  readonly result: (steps: readonly Step[]) => Result;
  readonly warnings?: (steps: readonly Step[]) => readonly Warning[];
  /** Whether the steps say that the job has not done what it is for. @default a step failed */
  readonly isPartial?: (steps: readonly Step[]) => boolean;
}

/**
 * One poll of a job. `status` alone tells whether and how it ended, at HTTP 200 always: -1 runs, 0 succeeded, any
 * positive number failed (OE-1, OE-2). With 0, the steps tell what was done: one that failed makes the end partial, one
 * with an odd word is a warning (OE-12).
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
    result: (body) => report.result(stepsOf(body)),
  });
  return async (options) => {
    const status = await poll(options);
    if (status.state !== 'succeeded') return status;
    const { steps = [] } = status;
    const isPartial = hasFailedStep(steps) || report.isPartial?.(steps) === true;
    return isPartial ? { ...status, state: 'partial' } : status;
  };
}

/** Gateways answer errors with a number as `status` too, under HTTP 200 even. */
function codeOf(body: JsonObject): unknown {
  if (isEnvelope(body) || toStatusCode(body.status) === undefined) return body.status;
  throw new UnexpectedResponseError('The answer has a status, and nothing else that the API answers about a job.', {
    status: 200,
    issues: ['none of details, items, links and intermittentStatus is there; a gateway may have answered'],
  });
}

function hasFailedStep(steps: readonly Step[]): boolean {
  return steps.some((step) => outcomeOf(step) === 'failed');
}

/** `details` is null, empty or a sentence, and may be null on an error too (OE-10). */
function messageOf(body: JsonObject): string | undefined {
  const details = textOf(body.details);
  // v1 services write null as a text (OE-8).
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
    message: `The vendor reports the job as done, but its step '${step.name}' says '${step.state}'.`,
  }));
}

function stepsOf(body: JsonObject): readonly Step[] {
  return toSteps(body.intermittentStatus);
}
