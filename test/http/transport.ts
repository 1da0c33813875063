import { bearerToken } from '../../src/auth/bearer-token.ts';
import type { Clock } from '../../src/clock/clock.ts';
import type { FetchLike } from '../../src/http/fetch-like.ts';
import { Transport } from '../../src/http/transport.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

export const TOKEN = 'a-token-that-is-secret';

/** A transport in front of a fake of `fetch`, in virtual time. */
export function transportTo(fetch: FetchLike, clock: Clock = virtualClock()): Transport {
  return new Transport({
    baseUrl: new URL('https://files.example.org/api'),
    auth: bearerToken(TOKEN),
    traits: { parseErrorBody: () => undefined },
    clock,
    fetch,
    headers: {},
    userAgent: undefined,
    requestTimeoutMs: undefined,
    allowInsecureHttp: false,
    queue: { run: (work) => work() },
    onEvent: () => undefined,
  });
}
