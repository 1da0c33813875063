import type { FetchLike } from '../../../src/http/fetch-like.ts';

export interface WatchedFetch {
  readonly fetch: FetchLike;
  /** Origins that a request was made to. */
  readonly origins: ReadonlySet<string>;
  /** How each start on the wire was answered: the status, once all of the answer was there; else undefined. */
  readonly starts: readonly { status: number | undefined }[];
}

/** Sees all that leaves the clients, before any emulator does. */
export function watchedFetch(
  inner: (input: string, init: RequestInit) => Promise<Response>,
  isStart: (method: string, path: string) => boolean,
): WatchedFetch {
  const origins = new Set<string>();
  const starts: { status: number | undefined }[] = [];
  return {
    origins,
    starts,
    fetch: async (input, init) => {
      const url = new URL(input);
      origins.add(url.origin);
      if (!isStart(init.method ?? 'GET', url.pathname)) return inner(input, init);
      const seen: { status: number | undefined } = { status: undefined };
      starts.push(seen);
      const answer = await inner(input, init);
      seen.status = answer.status;
      return answer;
    },
  };
}
