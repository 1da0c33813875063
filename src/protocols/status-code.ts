import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft, Step, Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type FetchStatus, fetchPollResponse, type JsonObject, textOf } from './poll-response.ts';

export interface StatusCodeProtocol<Result> {
  readonly fetchStatus: FetchStatus;
  /** Reads the code. @default `body.status` */
  readonly code?: (body: JsonObject) => unknown;
  /** Reads the vendor's message. @default `body.details` */
  readonly message?: (body: JsonObject) => string | undefined;
  readonly steps?: (body: JsonObject) => readonly Step[];
  /** Called if the operation succeeded. */
  readonly warnings?: (body: JsonObject) => readonly Warning[];
  readonly result: (body: JsonObject) => Result;
}

/** For a status number in the body: -1 is running, 0 succeeded, above 0 failed. HTTP 200 alone says nothing. */
export function statusCodeProtocol<Result>(
  protocol: StatusCodeProtocol<Result>,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return async (options) => {
    const { body, headers: _, ...hint } = await fetchPollResponse(protocol.fetchStatus, options);
    const raw = protocol.code ? protocol.code(body) : body.status;
    const code = toStatusCode(raw);
    if (code === undefined) {
      throw new UnexpectedResponseError('The answer has no status code.', {
        status: 200,
        // The value itself is left out, because a server may send any text there.
        issues: [`status is ${raw === undefined ? 'absent' : `a ${typeof raw}`}, not a whole number`],
      });
    }
    const message = (protocol.message ?? ((seen) => textOf(seen.details)))(body);
    const seen = { steps: protocol.steps?.(body) ?? [], raw: body, ...omitUndefined({ message }) };
    if (code === 0) {
      return { ...seen, state: 'succeeded', result: protocol.result(body), warnings: protocol.warnings?.(body) ?? [] };
    }
    if (code > 0) {
      const text = message ?? `The vendor answered status ${code} and gave no reason.`;
      return { ...seen, state: 'failed', failure: { message: text, code: String(code), details: body } };
    }
    if (code === -1) return { ...seen, ...hint, state: 'running' };
    const unknown = `Status ${code} is not documented; taken as still running.`;
    return { ...seen, ...hint, state: 'running', message: message ? `${message} (${unknown})` : unknown };
  };
}

/** Numbers may come as text. Since `Number('')` is 0, only a whole number counts. */
export function toStatusCode(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? value : undefined;
  const code = typeof value === 'string' && /^\s*-?\d+\s*$/.test(value) ? Number(value) : undefined;
  // A number of four hundred digits becomes Infinity, which JSON cannot hold.
  return Number.isFinite(code) ? code : undefined;
}
