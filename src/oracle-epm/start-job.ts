import type { CallOptions } from '../client/client-options.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { Operation } from '../operation/operation.ts';
import { withAdvice } from './explain-error.ts';
import type { JobFacts } from './facts.ts';
import type { JobKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';

/**
 * Starts a job. The request is sent once and never repeated.
 * @throws {StartOutcomeUnknownError} the answer was lost, or does not say whether the job began (OE-26)
 * @throws {UnexpectedResponseError} with `started: 'yes'`: accepted without a link to its job (OE-4)
 */
export function startJob<Result>(
  system: System,
  kind: JobKind<Result>,
  call: {
    /** What the call does, for the error of an environment that does not have it: `import a snapshot`. */
    readonly call: string;
    readonly facts: JobFacts;
    readonly note: string | undefined;
    readonly request: ApiRequest;
  },
  options: CallOptions,
): Promise<Operation<Result>> {
  const { facts, note, request } = call;
  const { what, follow, advice } = kind;
  const start = startOperation(
    system,
    kind,
    {
      what: what(facts),
      note,
      facts,
      request,
      parseStartResponse: (answer, startedAt) => parseStartResponse(system, answer, { facts, startedAt, follow }),
      advice,
    },
    options,
  );
  return withAdvice(call.call, start);
}
