import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import { anonymousFirst } from './anonymous-first.ts';
import { refuseErrorEnvelope } from './envelope.ts';
import { EnvelopeSchema } from './schemas.ts';
import { request } from './traits.ts';

/** Sends one poll of the progress. It is never repeated, except once with credentials (DS-2). */
export function pollProgress(system: System, dump: boolean, options: CallOptions): Promise<PollResponse> {
  return anonymousFirst(async (anonymous) => {
    const answer = await system.poll(progressRequest(dump), { ...options, anonymous });
    refuseErrorEnvelope(answer.body, system.transport.redactor);
    return answer;
  });
}

/** Reads the progress. The request is repeated after a temporary failure. */
export function readProgressCall(system: System, dump: boolean, options: CallOptions): Promise<unknown> {
  return anonymousFirst(async (anonymous) => {
    const body = await system.read(progressRequest(dump), EnvelopeSchema, { ...options, anonymous });
    refuseErrorEnvelope(body, system.transport.redactor);
    return body;
  });
}

/**
 * The request for the progress. `Dump` is true for a restore of the whole server and false for one of this portal. It
 * is never left out, because then the server may answer with a finished restore of the other kind (DS-22).
 */
export function progressRequest(dump: boolean): ApiRequest {
  return request('get', '/api/2.0/backup/getrestoreprogress', { params: { query: { Dump: dump } } });
}

/** The values of `Dump` to ask for: both if it is not known. */
export function dumpsToAsk(dump: boolean | undefined): readonly boolean[] {
  return dump === undefined ? [false, true] : [dump];
}
