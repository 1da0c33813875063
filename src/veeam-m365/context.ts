import type { System } from '../client/system.ts';
import type { PollResponse } from '../protocols/poll-response.ts';
import type { Dialect } from './dialect.ts';
import type { RestoreSessionType } from './session-type.ts';

/** A session that is being opened by this client. */
export interface Opening {
  readonly type: RestoreSessionType;
  /** When its answer was lost, by our clock; undefined while there is none yet. */
  lostAt?: number | undefined;
}

/** One configured server in one version: what every part of this client works with. */
export interface VeeamContext {
  readonly system: System;
  readonly dialect: Dialect;
  /** One poll of a session, shared with others where there are many. */
  readonly polls: { poll(id: string, options: { readonly signal?: AbortSignal }): Promise<PollResponse> };
  /** Sessions that this client has opened. */
  readonly opened: Set<string>;
  /** Starts of this client that have no answer yet, or have lost it. */
  readonly openings: Set<Opening>;
  /** How many restore calls of this client are in flight, by the id of their session. */
  readonly restoring: Map<string, number>;
}
