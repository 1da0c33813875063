import { ownId } from '../client/own-path.ts';
import type { Accepted } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { retryAfterMs } from '../clock/retry-after.ts';
import { uniqueId } from '../clock/unique-id.ts';
import type { Answer } from '../http/answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import type { Redactor } from '../http/redactor.ts';
import * as z from '../schema/schema.ts';
import type { JobFacts } from './facts.ts';
import { headerWarnings } from './header-warnings.ts';

const DoneSchema = z.looseObject({
  guid: z.string(),
  last_operation: z.nullish(z.looseObject({ state: z.nullish(z.string()) })),
});

/** Reads the job of a 202 (CF-8, CF-9). A 200 with the instance means that nothing is left to do. */
export function parseStartResponse(
  system: System,
  answer: Answer,
  facts: JobFacts & { readonly serviceInstanceGuid: string },
): Accepted<JobFacts> {
  const { serviceInstanceGuid } = facts;
  const { base, redactor } = system.transport;
  const warnings = startWarnings(answer.headers, redactor);
  const told = warnings.length === 0 ? facts : { ...facts, warnings };
  const location = answer.headers.get('location');
  const pollAfterMs = retryAfterMs(answer.headers, system.clock.now());
  if (location !== null && location.trim() !== '') {
    const family = /^[^?]*\/v3\/jobs\/([^/?]+)(?:\?.*)?$/;
    return { id: ownId(location, { base, redactor, family, started: 'yes' }), facts: told, pollAfterMs };
  }
  if (answer.status === 200 && isDone(answer.body, serviceInstanceGuid)) {
    // Two such starts on one instance are two operations.
    return { id: `no-job/${uniqueId()}`, facts: { ...told, finishedAtOnce: true } };
  }
  const error = system.transport.unexpected(
    `The start was answered ${answer.status} without a Location, so its job cannot be followed. The job is running: see the last operation of service instance ${serviceInstanceGuid}.`,
    answer,
    { started: 'yes' },
  );
  // Only the documented 202 says that the Cloud Controller accepted the start.
  throw answer.status === 202 ? error : new LostAnswer(error);
}

/** The warnings are kept in the handle, which has to stay small. */
const MOST_WARNINGS = 20;
const LONGEST_WARNING = 500;

function startWarnings(headers: Headers, redactor: Redactor): string[] {
  const texts = new Set(headerWarnings(headers.get('x-cf-warnings')));
  return [...texts].slice(0, MOST_WARNINGS).map((text) => redactor.text(text).slice(0, LONGEST_WARNING));
}

/** Whether the body is the instance and its last operation is not running. The JSON of a gateway is no instance. */
function isDone(body: unknown, guid: string): boolean {
  const instance = z.safeParse(DoneSchema, body).data;
  const state = instance?.last_operation?.state;
  return instance?.guid === guid && (state === undefined || state === null || state === 'succeeded');
}
