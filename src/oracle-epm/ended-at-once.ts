import type { Poll } from '../client/operation-kind.ts';
import { decideJob, type JobReport } from './decide-job.ts';
import type { JobFacts } from './facts.ts';

const MESSAGE = 'The answer of the start call already contained the end; there was no job to poll.';

/** The end that the answer of a start contained (OE-1); undefined if it named a job. */
export function endedAtOnce<Result>(
  { endedAtOnce: body }: JobFacts,
  report: JobReport<Result>,
): Poll<Result> | undefined {
  if (body === undefined) return undefined;
  const decide = decideJob(async () => ({ status: 200, headers: {}, body }), report);
  return async (options) => {
    const status = await decide(options);
    return { ...status, warnings: [...(status.warnings ?? []), { code: 'ended-at-once', message: MESSAGE }] };
  };
}
