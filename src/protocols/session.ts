import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Failure, StatusDraft, Warning } from '../operation/status.ts';
import { type FetchStatus, fetchPollResponse, type JsonObject, textOf } from './poll-response.ts';

export type SessionOutcome<Result> =
  | { readonly state: 'succeeded' | 'partial'; readonly result: Result }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'canceled'; readonly failure?: Failure };

export interface SessionProtocol<Result> {
  readonly fetchStatus: FetchStatus;
  /** Reads the state. @default `body.state` */
  readonly state?: (body: JsonObject) => unknown;
  /** The state of an ended session. Upper and lower case do not matter. */
  readonly ended: string;
  /** The documented states of a running session. Other states are shown in `message`. */
  readonly alive: readonly string[];
  /**
   * Reads the outcome. Called only if the session has ended. Returns undefined if the outcome is missing or not known:
   * then the session has ended without a verdict.
   */
  readonly outcome: (body: JsonObject) => SessionOutcome<Result> | undefined;
  readonly warnings?: (body: JsonObject) => readonly Warning[];
}

/**
 * For a session that runs until its state is one certain word. Only then its outcome is read.
 * @throws {OutcomeUnknownError} `reason` is 'ended-without-verdict': the session has ended, and its outcome is not
 *   known
 */
export function sessionProtocol<Result>(
  protocol: SessionProtocol<Result>,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return async (options) => {
    const { body, headers: _, ...hint } = await fetchPollResponse(protocol.fetchStatus, options);
    const word = textOf(protocol.state ? protocol.state(body) : body.state);
    if (word === undefined) {
      throw new UnexpectedResponseError('The session has no state.', { status: 200, issues: ['state is missing'] });
    }
    const seen = { warnings: protocol.warnings?.(body) ?? [], raw: body };
    if (word.toLowerCase() === protocol.ended.toLowerCase()) {
      const outcome = protocol.outcome(body);
      if (outcome) return { ...seen, message: word, ...outcome };
      throw new OutcomeUnknownError(`Its state is ${word}, and its result is missing or not known.`, {
        started: 'yes',
        reason: 'ended-without-verdict',
        advice: "It has ended. Check in the vendor's own interface how it ended.",
      });
    }
    const isKnown = protocol.alive.some((known) => known.toLowerCase() === word.toLowerCase());
    const message = isKnown ? word : `${word} is not a known state; taken as still running.`;
    return { ...seen, ...hint, state: 'running', message };
  };
}
