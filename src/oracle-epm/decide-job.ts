import type { StatusDraft, Warning } from '../operation/status.ts';
import { type FetchStatus, type JsonObject, textOf } from '../protocols/poll-response.ts';
import { statusCodeProtocol, toStatusCode } from '../protocols/status-code.ts';
import { toSteps, unfinishedSteps } from './steps.ts';

/**
 * One poll of a job. `status` alone tells whether and how it ended, at HTTP 200 always: -1 runs, 0 succeeded, any
 * positive number failed (OE-1, OE-2). Steps decide nothing; an odd one at the end is a warning (OE-12).
 * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_status_codes.html
 */
export function decideJob<Result>(
  fetchStatus: FetchStatus,
  result: () => Result,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return statusCodeProtocol({
    fetchStatus,
    message: messageOf,
    steps: (body) => toSteps(body.intermittentStatus),
    warnings: warningsOf,
    result,
  });
}

/** `details` is null, empty or a sentence, and may be null on an error too (OE-10). */
function messageOf(body: JsonObject): string | undefined {
  const details = textOf(body.details);
  // v1 services write null as a text (OE-8).
  if (details !== undefined && details !== 'null') return details;
  const code = toStatusCode(body.status);
  const steps = unfinishedSteps(body.intermittentStatus);
  if (code === undefined || code <= 0 || steps.length === 0) return undefined;
  const named = steps.map(({ name, state }) => `${name} (${state})`).join(', ');
  return `The vendor answered status ${code} and gave no reason. Steps not done: ${named}.`;
}

function warningsOf(body: JsonObject): readonly Warning[] {
  return unfinishedSteps(body.intermittentStatus).map(({ name, state }) => ({
    code: 'odd-step',
    message: `It is reported as done, but its step '${name}' says '${state}'.`,
  }));
}
