import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import { contentOf, refuseErrorEnvelope } from './envelope.ts';
import { withExplainedRefusal } from './explain-refusal.ts';
import { EnvelopeSchema } from './schemas.ts';

/** Sends a read with credentials, and returns the content of the answer; undefined if there is none (DS-6). */
export function readCall(system: System, request: ApiRequest, options: CallOptions): Promise<unknown> {
  const read = async () => {
    const body = await system.read(request, EnvelopeSchema, options);
    refuseErrorEnvelope(body, system.transport.redactor);
    return contentOf(body);
  };
  return withExplainedRefusal(system, read(), options);
}
