import type { Accepted } from '../client/start.ts';
import { refusedStart } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import * as z from '../schema/schema.ts';
import { readBaseline } from './baseline.ts';
import { contentOf, refuseErrorEnvelope } from './envelope.ts';
import { type BackupFacts, factsOfUnsure } from './facts.ts';
import { identityOf } from './identity-warnings.ts';
import { type JobName, otherJob, toPercent } from './progress-record.ts';
import { StartedSchema } from './schemas.ts';

interface Started {
  readonly taskId: string;
  readonly isCompleted: boolean;
  readonly percent: number | undefined;
}

/**
 * Reads the job that a 2xx of a start names.
 * @throws {LostAnswer} it names none, which happens if a job with another `dump` exists
 */
export function parseStartResponse<Facts extends BackupFacts>(
  system: System,
  answer: Answer,
  { facts, baseline, job }: { readonly facts: Facts; readonly baseline: unknown; readonly job: JobName },
): Accepted<Facts | BackupFacts> {
  const started = readStarted(system, answer, job);
  if (!started) {
    throw new LostAnswer(
      system.transport.unexpected(`The start was answered, but the answer named no ${job}.`, answer),
    );
  }
  const identity = identityOf(readBaseline(baseline), started);
  return {
    id: started.taskId,
    facts: identity === undefined ? facts : factsOfUnsure(facts.dump, identity),
    pollAfterMs: retryAfterMs(answer.headers, system.clock.now()),
  };
}

/**
 * The job that a 2xx names; undefined if it names none, which happens if a job with another `dump` exists.
 * @throws {ApiError} the envelope of the 2xx refuses the start
 * @throws {LostAnswer} the body is not JSON, or its envelope reports an error of the server
 */
function readStarted(system: System, answer: Answer, job: JobName): Started | undefined {
  const content = contentOf(readBody(system, answer));
  if (otherJob(content, job) !== undefined) return undefined;
  const started = z.safeParse(StartedSchema, content).data;
  const taskId = started?.taskId.trim();
  // An id that contains a secret must not be kept in a handle.
  if (!started || taskId === undefined || system.transport.redactor.containsSecret(taskId)) return undefined;
  return {
    taskId,
    isCompleted: started.isCompleted === true,
    percent: toPercent(started.progress),
  };
}

function readBody(system: System, answer: Answer): unknown {
  try {
    const body = system.transport.json(answer);
    refuseErrorEnvelope(body, system.transport.redactor);
    return body;
  } catch (error) {
    const isRefusal = ApiError.isInstance(error) && error.status < 500 && error.status !== 408;
    throw isRefusal ? refusedStart(error) : new LostAnswer(error);
  }
}
