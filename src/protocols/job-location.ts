import type { Failure, StatusDraft, Warning } from '../operation/status.ts';
import { type FetchStatus, fetchPollResponse, type HeaderBag, type JsonObject, textOf } from './poll-response.ts';

export interface JobLocationProtocol<Result> {
  readonly fetchStatus: FetchStatus;
  /** Reads the state. @default `body.state` */
  readonly state?: (body: JsonObject) => unknown;
  /** The vendor's exact words for each state. */
  readonly words: {
    readonly running: readonly string[];
    readonly succeeded: readonly string[];
    readonly failed: readonly string[];
  };
  /** Called only if the job failed. Errors of a running job decide nothing. */
  readonly failure: (body: JsonObject) => Failure;
  readonly warnings?: (body: JsonObject, headers: HeaderBag) => readonly Warning[];
  readonly result: (body: JsonObject) => Result;
}

/**
 * For a job that was named by a 202 and whose `state` is one of a few exact words. A job with an unknown word counts
 * as running, until the deadline of the wait.
 */
export function jobLocationProtocol<Result>(
  protocol: JobLocationProtocol<Result>,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return async (options) => {
    const { body, headers, ...hint } = await fetchPollResponse(protocol.fetchStatus, options);
    const word = textOf(protocol.state ? protocol.state(body) : body.state);
    const seen = { warnings: protocol.warnings?.(body, headers) ?? [], raw: body };
    if (word !== undefined && protocol.words.succeeded.includes(word)) {
      return { ...seen, state: 'succeeded', message: word, result: protocol.result(body) };
    }
    if (word !== undefined && protocol.words.failed.includes(word)) {
      return { ...seen, state: 'failed', message: word, failure: protocol.failure(body) };
    }
    const isKnown = word !== undefined && protocol.words.running.includes(word);
    const message = isKnown ? word : `State ${word ?? '(none)'} is not known; taken as still running.`;
    return { ...seen, ...hint, state: 'running', message };
  };
}
