import type { AuthContext } from '../auth/auth.ts';
import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { FetchLike } from '../http/fetch-like.ts';
import { Transport } from '../http/transport.ts';

/** Options of a login that is made without a client. */
export interface LoginContextOptions {
  /** A function with the signature of the standard `fetch`. @default globalThis.fetch */
  readonly fetch?: FetchLike | undefined;
  /** The source of time, for tests. @default the system clock */
  readonly clock?: Clock | undefined;
}

/** What a login may use of the transport, for a login before there is a client. @param url the server of the login */
export function loginContext(url: string, { fetch, clock = systemClock }: LoginContextOptions): AuthContext {
  let context: AuthContext | undefined;
  new Transport({
    baseUrl: new URL(url),
    auth: {
      kind: 'none',
      open: (given) => {
        context = given;
        return { authorization: never, renew: never, answered: () => undefined, wasAccepted: false };
      },
    },
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
  if (!context) throw new TypeError('The transport has not opened the login.');
  return context;
}

async function never(): Promise<never> {
  throw new TypeError('There is no client to log in.');
}
