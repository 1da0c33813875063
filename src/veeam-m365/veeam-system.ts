import type { ClientOptions } from '../client/client-options.ts';
import { System } from '../client/system.ts';
import type { Dialect } from './dialect.ts';
import { OwnRestores } from './own-restores.ts';
import type { SessionFacts } from './session-facts.ts';
import { SharedPolls } from './shared-polls.ts';
import { traitsOf } from './traits.ts';

/** A session that is being opened by this client. */
export interface Opening {
  /** Of the start: the same object identifies it in a reconciliation. */
  readonly facts: SessionFacts;
  /** When its answer was lost, by our clock; undefined while there is none yet. */
  lostAt?: number | undefined;
}

/** One configured server in one version of its API: what every part of this client works with. */
export class VeeamSystem extends System {
  readonly dialect: Dialect;
  /** One poll of a session, shared with others where there are many. */
  readonly polls: SharedPolls;
  /** Sessions that this client has opened: their ids in lower case. */
  readonly opened = new Set<string>();
  /** Starts of this client that have no answer yet, or have lost it. */
  readonly openings = new Set<Opening>();
  readonly ownRestores: OwnRestores = new OwnRestores();

  constructor(options: ClientOptions, dialect: Dialect) {
    super(options, traitsOf(dialect.version));
    this.dialect = dialect;
    this.polls = new SharedPolls(this, dialect);
  }
}
