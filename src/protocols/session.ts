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
  /** Reads the liveness. @default `body.state` */
  readonly state?: (body: JsonObject) => unknown;
  /** The word that ends a session, compared without regard to case. */
  readonly ended: string;
  /** Words of a living session that are documented; others are named in `message`. */
  readonly alive: readonly string[];
  /**
   * Reads the outcome; asked only of an ended session. undefined where it is not told, or in a word that is not known:
   * then the session has ended without a verdict.
   */
  readonly outcome: (body: JsonObject) => SessionOutcome<Result> | undefined;
  readonly warnings?: (body: JsonObject) => readonly Warning[];
}

/**
 * A session is alive until one word says that it ended; only then its outcome means something.
 * @throws {OutcomeUnknownError} of the reason 'ended-without-verdict': it has ended, and its outcome is not understood
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
      throw new OutcomeUnknownError(`Its state is ${word}, and its result is not told or not known.`, {
        started: 'yes',
        reason: 'ended-without-verdict',
        advice: "It is over. Read in the vendor's own interface how it ended.",
      });
    }
    const isKnown = protocol.alive.some((known) => known.toLowerCase() === word.toLowerCase());
    const message = isKnown ? word : `${word} is not a known state; taken as still running.`;
    return { ...seen, ...hint, state: 'running', message };
  };
}
