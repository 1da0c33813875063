import { bearerToken, type ClientOptions, CloudFoundryClient } from 'restorekit';
import { type VirtualClock, virtualClock } from 'restorekit/testing';
import { scriptedServer } from '../support/scripted-server.ts';

export const INSTANCE = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
export const JOB = '/v3/jobs/job-1';
const BASE_URL = 'https://api.example.org';

export interface Asked {
  /** 1 for the first poll. */
  readonly number: number;
  /** Milliseconds since the start. */
  readonly elapsedMs: number;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  /** The guid of the job that is polled. */
  readonly guid: string;
}

export type Answering = (asked: Asked) => Response | Promise<Response>;

export const job = (state: string, headers: Record<string, string> = {}, more: object = {}) =>
  Response.json({ guid: 'job-1', operation: 'service_instance.restore', state, errors: [], ...more }, { headers });

/** A restore at a foundation whose every poll is answered by `answer`; the start is a 202 with these headers. */
export async function restoring(
  answer: Answering,
  { start = {}, clock = virtualClock(), ...options }: FoundationOptions = {},
) {
  const begunAt = clock.now();
  const pollsAt: number[] = [];
  const { fetch, received } = scriptedServer(({ method, url, headers, signal }) => {
    if (method !== 'GET') return new Response(null, { status: 202, headers: { location: BASE_URL + JOB, ...start } });
    const elapsedMs = clock.now() - begunAt;
    pollsAt.push(elapsedMs);
    return answer({ number: pollsAt.length, elapsedMs, headers, signal, guid: url.pathname.split('/').at(-1) ?? '' });
  });
  const client = new CloudFoundryClient({
    baseUrl: BASE_URL,
    auth: bearerToken('token-of-an-operator'),
    clock,
    ...options,
    fetch,
  });
  const restore = (signal?: AbortSignal) =>
    client.serviceInstances.restore({ into: INSTANCE, from: 'server-default' }, signal ? { signal } : {});
  return { clock, client, restore, operation: await restore(), pollsAt, received };
}

interface FoundationOptions extends Partial<Omit<ClientOptions, 'fetch' | 'clock'>> {
  /** Headers of the 202. */
  readonly start?: Record<string, string>;
  readonly clock?: VirtualClock;
}

/** A job that is done after so many milliseconds. */
export const doneAfter =
  (ms: number, headers: Record<string, string> = {}): Answering =>
  ({ elapsedMs }) =>
    job(elapsedMs >= ms ? 'COMPLETE' : 'PROCESSING', headers);

export const gaps = (pollsAt: readonly number[]) => pollsAt.slice(1).map((at, index) => at - (pollsAt[index] ?? 0));
