import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import { anonymousFirst } from './anonymous-first.ts';
import { refuseErrorEnvelope } from './envelope.ts';
import { EnvelopeSchema } from './schemas.ts';
import { request } from './traits.ts';

type Dump = boolean | undefined;

/** One poll of the progress call, never retried but for the one resend of DS-2. */
export function pollProgress(system: System, dump: Dump, options: CallOptions): Promise<PollResponse> {
  return anonymousFirst(async (anonymous) => {
    const answer = await system.poll(progressRequest(dump), { ...options, anonymous });
    refuseErrorEnvelope(answer.body, system.transport.redactor);
    return answer;
  });
}

/** The same as a read, which is retried where that can help. */
export function readProgressCall(system: System, dump: Dump, options: CallOptions): Promise<unknown> {
  return anonymousFirst(async (anonymous) => {
    const body = await system.read(progressRequest(dump), EnvelopeSchema, { ...options, anonymous });
    refuseErrorEnvelope(body, system.transport.redactor);
    return body;
  });
}

/** Without `Dump` it tells of any restore of this portal; hosted portals have one kind anyway (DS-22). */
function progressRequest(dump: Dump): ApiRequest {
  const query = dump === undefined ? {} : { Dump: dump };
  return request('get', '/api/2.0/backup/getrestoreprogress', { params: { query } });
}
