import type { paths } from '../../generated/docspace.d.ts';
import type { System } from '../client/system.ts';
import { ApiError } from '../errors/api-error.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import * as z from '../schema/schema.ts';
import { contentOf, refuseErrorEnvelope } from './envelope.ts';
import { toPercent } from './progress-record.ts';
import { StartedSchema } from './schemas.ts';

export interface Started {
  readonly taskId: string;
  readonly isCompleted: boolean;
  readonly percent: number | undefined;
}

/**
 * The restore that a 2xx names; undefined where it names none, as when one of the other `dump` kind is there.
 * @throws {ApiError} the envelope of the 2xx refuses the start
 * @throws {LostAnswer} it is no JSON, or its envelope tells of a server that broke
 */
export function readStarted(system: System<paths>, answer: Answer): Started | undefined {
  const started = z.safeParse(StartedSchema, contentOf(readBody(system, answer))).data;
  const taskId = started?.taskId.trim();
  // An id that echoes a secret must not get into a handle.
  if (!started || taskId === undefined || system.transport.redactor.containsSecret(taskId)) return undefined;
  return {
    taskId,
    isCompleted: started.isCompleted === true,
    percent: toPercent(started.progress),
  };
}

function readBody(system: System<paths>, answer: Answer): unknown {
  try {
    const body = system.transport.json(answer);
    refuseErrorEnvelope(body, system.transport.redactor);
    return body;
  } catch (error) {
    const isRefusal = ApiError.isInstance(error) && error.status < 500 && error.status !== 408;
    throw isRefusal ? error : new LostAnswer(error);
  }
}
