import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import { anonymousFirst } from './anonymous-first.ts';
import { refuseErrorEnvelope } from './envelope.ts';
import { EnvelopeSchema } from './schemas.ts';
import { request } from './traits.ts';

/** One poll of the progress call, never retried but for the one resend of DS-2. */
export function pollProgress(system: System, dump: boolean, options: CallOptions): Promise<PollResponse> {
  return anonymousFirst(async (anonymous) => {
    const answer = await system.poll(progressRequest(dump), { ...options, anonymous });
    refuseErrorEnvelope(answer.body, system.transport.redactor);
    return answer;
  });
}

/** The same as a read, which is retried where that can help. */
export function readProgressCall(system: System, dump: boolean, options: CallOptions): Promise<unknown> {
  return anonymousFirst(async (anonymous) => {
    const body = await system.read(progressRequest(dump), EnvelopeSchema, { ...options, anonymous });
    refuseErrorEnvelope(body, system.transport.redactor);
    return body;
  });
}

/**
 * `Dump` has three states: true is the restore of the whole server, false that of this portal, absent whichever comes
 * first, so that a finished one of the server hides a later one of the portal. It is never left out (DS-22).
 */
export function progressRequest(dump: boolean): ApiRequest {
  return request('get', '/api/2.0/backup/getrestoreprogress', { params: { query: { Dump: dump } } });
}

/** What has to be asked: both where it is not known which restore it is. */
export function dumpsToAsk(dump: boolean | undefined): readonly boolean[] {
  return dump === undefined ? [false, true] : [dump];
}
