import type { ClientOptions } from '../client/client-options.ts';
import { System } from '../client/system.ts';
import type { Warning } from '../operation/status.ts';
import type { Dialect } from './dialect.ts';
import { OwnRestores } from './own-restores.ts';
import type { SessionFacts } from './session-facts.ts';
import { SharedPolls } from './shared-polls.ts';
import { traitsOf } from './traits.ts';

/** A session that is being opened by this client. */
export interface Opening {
  /** The facts of the start. This very object identifies it in a reconciliation. */
  readonly facts: SessionFacts;
  /** When its answer was lost, by our clock. Undefined while the start is unanswered. */
  lostAt?: number | undefined;
}

/** One configured server in one version of its API. */
export class VeeamSystem extends System {
  readonly dialect: Dialect;
  /** Polls sessions. Many sessions share one request. */
  readonly polls: SharedPolls;
  /** The ids of the sessions that this client has opened, in lower case. */
  readonly opened = new Set<string>();
  /** Starts of this client that have no answer yet, or whose answer was lost. */
  readonly openings = new Set<Opening>();
  readonly ownRestores: OwnRestores = new OwnRestores();
  /** What was known about the backups when a session was opened, by the facts of its start. */
  readonly warnings: WeakMap<SessionFacts, readonly Warning[]> = new WeakMap();
  /** The facts of sessions that were opened here, and have not been read yet to see whether they are empty. */
  readonly unread: WeakSet<SessionFacts> = new WeakSet();

  constructor(options: ClientOptions, dialect: Dialect) {
    super(options, traitsOf(dialect.version));
    this.dialect = dialect;
    this.polls = new SharedPolls(this, dialect);
  }
}
