import type { Auth, Secret } from '../auth/auth.ts';
import type { Operation } from '../operation/operation.ts';
import type { ClientOptions } from './client-options.ts';
import type { ResumingClient } from './resume.ts';

/**
 * One client of a system and calls of all that it offers, against the emulator of the system: what the tests that hold for
 * every system need. Each system has a `sample-calls.ts`, which no entry point exports.
 */
export interface SampleCalls {
  /** The credential that most people log in with. */
  login(secret: Secret): Auth;
  /** A credential that is sent as it is, without a login. */
  withoutLogin(secret: string): Auth;
  connect(options: ClientOptions): SampleClient;
  /** Where the API names a token endpoint on another origin: the request that asks, and the place in its answer. */
  readonly loginElsewhere?: { readonly path: string; readonly place: RegExp };
  /** false if no answer holds an address. @default true */
  readonly namesAddresses?: boolean;
}

export interface SampleClient {
  readonly client: ResumingClient;
  /** What `startOnce` takes as the target. */
  readonly target: string | Record<string, never>;
  start(): Promise<Operation<unknown>>;
  /** The other calls that a server answers, by name. What they resolve with is the vendor's data. */
  readonly calls: Readonly<Record<string, () => Promise<unknown>>>;
  /** Calls that put a text of the caller into a request. */
  readonly callsWithText: Readonly<Record<string, (text: string) => Promise<unknown>>>;
}
