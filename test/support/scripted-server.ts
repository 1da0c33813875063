import type { FetchLike } from '../../src/http/fetch-like.ts';
import { inTurn } from './in-turn.ts';

export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  /** The text that was sent; empty where there was none. */
  readonly body: string;
  readonly redirect: string | undefined;
  readonly signal: AbortSignal;
}

type Answering = (request: Received, index: number) => Response | Promise<Response>;
/** A response; an error, which is thrown as `fetch` would; or what makes one of the request and its number, from 0. */
export type Answer = Response | Error | Answering;

export interface ScriptedServer {
  /** To be given to a client. */
  readonly fetch: FetchLike;
  /** All requests that reached the server, in order. */
  readonly received: Received[];
}

/** A server that gives this answer to every request, or these in turn, the last one for good. */
export function scriptedServer(script: Answer | readonly Answer[]): ScriptedServer {
  const received: Received[] = [];
  const next = inTurn(script);
  return {
    received,
    fetch: async (url, init) => {
      const request: Received = {
        method: init.method ?? 'GET',
        url: new URL(url),
        headers: new Headers(init.headers),
        body: typeof init.body === 'string' ? init.body : '',
        redirect: init.redirect,
        signal: init.signal as AbortSignal,
      };
      received.push(request);
      const answer = next(received.length - 1);
      if (answer instanceof Error) throw answer;
      // A body can be read once only, and the last answer is given again and again.
      if (answer instanceof Response) return answer.clone();
      return answer(request, received.length - 1);
    },
  };
}

/** What Node's fetch rejects with when the network fails in this way. */
export function fetchFailed(code: string, message = code): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

/** An answer that never comes, and lets go when the request is aborted. */
export function hang({ signal }: Received): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}
