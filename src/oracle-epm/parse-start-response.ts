import type { Accepted } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import type { Redactor } from '../http/redactor.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { isEnvelope } from './envelope.ts';
import type { EndedAtOnce, JobFacts } from './facts.ts';
import { type JobAddress, jobAddress, jobHref } from './job-address.ts';
import { toSteps } from './steps.ts';

const LONGEST_DETAILS = 4_000;

/**
 * Reads a 2xx of a start. It is not documented which 2xx it is, so the body decides. -1 comes with a job to poll. 0 and
 * positive numbers are the end already; the operation then returns it without a request.
 */
export function parseStartResponse(
  { transport, clock }: System,
  answer: Answer,
  call: {
    readonly facts: JobFacts;
    readonly startedAt: Date;
    /** The call that makes an operation from the id of a job of this kind. */
    readonly follow: string;
  },
): Accepted<JobFacts> {
  const { facts, startedAt, follow } = call;
  const body = isObject(answer.body) ? answer.body : {};
  // The error of a gateway under HTTP 200 has a status too.
  const code = isEnvelope(body) ? toStatusCode(body.status) : undefined;
  const href = jobHref(body.links);
  if (code === undefined) {
    const what = answer.body === undefined ? 'with no JSON' : 'without a status of the API that can be read';
    const known = href === undefined ? undefined : readable(href, transport);
    const hint = known ? ` It names job ${known.id}, which ${follow} can follow.` : '';
    throw new LostAnswer(transport.unexpected(`The start was answered ${answer.status} ${what}.${hint}`, answer));
  }
  if (code >= 0) {
    const named = href === undefined ? undefined : readable(href, transport)?.id;
    const endedAtOnce: EndedAtOnce = {
      status: code,
      // It is part of the handle, so its length is limited.
      details: textOf(body.details)?.slice(0, LONGEST_DETAILS) ?? null,
      intermittentStatus: toSteps(body.intermittentStatus).map(({ name, state }) => ({ [name]: state })),
    };
    return {
      id: named ?? `no-job/${startedAt.toISOString()}/${facts.backupName ?? facts.name ?? ''}`,
      facts: { ...facts, endedAtOnce: transport.redactor.data(endedAtOnce) },
    };
  }
  if (href === undefined) {
    const message = `The start was answered with status ${code} and without a 'Job Status' link, so its job cannot be followed.`;
    // Numbers below -1 are not documented, so they do not prove that the restore began.
    if (code !== -1) throw new LostAnswer(transport.unexpected(message, answer));
    const advice = `The job is running: watch the environment itself. With the id of the job, ${follow} follows it.`;
    throw transport.unexpected(`${message} ${advice}`, answer, { started: 'yes' });
  }
  const { id, path } = jobAddress(href, { base: transport.base, redactor: transport.redactor, started: 'yes' });
  return { id, facts: { ...facts, path }, pollAfterMs: retryAfterMs(answer.headers, clock.now()) };
}

function readable(href: string, own: { readonly base: string; readonly redactor: Redactor }): JobAddress | undefined {
  try {
    return jobAddress(href, own);
  } catch (error) {
    if (UntrustedLocationError.isInstance(error)) return undefined;
    throw error;
  }
}
