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
  /** Reads the outcome; asked only of an ended session. undefined where the vendor's word is not known. */
  readonly outcome: (body: JsonObject) => SessionOutcome<Result> | undefined;
  readonly warnings?: (body: JsonObject) => readonly Warning[];
}

/** A session is alive until one word says that it ended; only then its outcome means something. */
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
    const isEnded = word.toLowerCase() === protocol.ended.toLowerCase();
    const outcome = isEnded ? protocol.outcome(body) : undefined;
    if (outcome) return { ...seen, message: word, ...outcome };
    const isKnown = !isEnded && protocol.alive.some((known) => known.toLowerCase() === word.toLowerCase());
    const odd = isEnded ? 'with a result that is not known' : 'is not a known state';
    return { ...seen, ...hint, state: 'running', message: isKnown ? word : `${word} ${odd}; taken as still running.` };
  };
}
