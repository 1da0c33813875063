import type { FetchLike } from '../../src/http/fetch-like.ts';

export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  readonly redirect: string | undefined;
  readonly signal: AbortSignal;
}

export interface FakeServer {
  readonly fetch: FetchLike;
  readonly received: Received[];
}

/** A server as a function: what it answers, or throws as `fetch` would. Remembers all that reached it. */
export function fakeServer(answer: (request: Received, index: number) => Response | Promise<Response>): FakeServer {
  const received: Received[] = [];
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
      return answer(request, received.length - 1);
    },
  };
}

export function json(
  body: unknown,
  init: { readonly status?: number; readonly headers?: Record<string, string> } = {},
): Response {
  return new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'content-type': 'application/json', ...init.headers },
  });
}

/** What Node's fetch rejects with when the network fails in this way. */
export function fetchFailed(code: string, message = code): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}

/** Never answers, and lets go when its signal aborts. */
export function hang({ signal }: Received): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** What the promise was rejected with. Fails where it was not. */
export async function errorOf(work: Promise<unknown>): Promise<unknown> {
  const [result] = await Promise.allSettled([work]);
  if (result?.status === 'rejected') return result.reason;
  throw new Error('It was expected to fail, and did not.');
}
