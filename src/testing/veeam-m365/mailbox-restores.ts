import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import type { Identifiers } from './identifiers.ts';
import type { MailboxRestoreScenario, VeeamM365Scenario } from './scenario.ts';
import type { Session, Sessions } from './sessions.ts';
import type { LiveMailbox, Tenant } from './tenant.ts';

/** A restore of mailboxes inside a session, with its truth. */
export interface EmulatedMailboxRestore extends EmulatedRestore {
  readonly sessionId: string;
  /** Where the data goes. */
  readonly mailboxIds: readonly string[];
  /** When it ends, or has ended: a stop of the session may bring that forward. */
  readonly endsAt: number;
  readonly truth: 'succeeded' | 'partial' | 'failed';
}

/** What is asked for one mailbox. */
export interface MailboxOrder {
  readonly mailbox: LiveMailbox;
  readonly target: LiveMailbox;
  readonly changedItems: boolean;
  readonly deletedItems: boolean;
  /** Chooses items by their id. @default all */
  readonly only?: ((itemId: string) => boolean) | undefined;
  /** The content of an item in an older version. @default as in the backup */
  readonly contentOf?: ((itemId: string) => string) | undefined;
  /** Production does not know the mailbox any more. */
  readonly isUnresolved: boolean;
}

/** How the restore of one mailbox goes. */
export interface MailboxOutcome {
  readonly order: MailboxOrder;
  readonly created: number;
  readonly merged: number;
  readonly failed: number;
  readonly skipped: number;
  readonly error: string | undefined;
  readonly eventId: string;
}

export interface MailboxRestore {
  readonly session: Session;
  readonly truth: EmulatedMailboxRestore;
  readonly outcomes: readonly MailboxOutcome[];
  /** The session ended under it, and nothing came back. */
  readonly isCutShort: boolean;
  /** When it ends, as far as that is settled now. */
  readonly endsAt: number;
  apply(): void;
}

const failure = 'The item could not be restored.';
const unresolved = 'The mailbox could not be resolved.';

/** Restores that run, and those that have ended and are in the mailboxes. */
export class MailboxRestores {
  readonly all: MailboxRestore[] = [];
  readonly truths: EmulatedMailboxRestore[] = [];
  readonly #pending = new Set<MailboxRestore>();
  readonly #clock: Clock;
  readonly #ids: Identifiers;
  readonly #scenario: VeeamM365Scenario;
  readonly #tenant: Tenant;
  readonly #sessions: Sessions;

  constructor(clock: Clock, ids: Identifiers, scenario: VeeamM365Scenario, tenant: Tenant, sessions: Sessions) {
    this.#sessions = sessions;
    this.#clock = clock;
    this.#ids = ids;
    this.#scenario = scenario;
    this.#tenant = tenant;
  }

  /** When a restore that begins now would end. */
  plannedEnd(): number {
    return this.#clock.now() + (this.#settings.durationMs ?? 60_000);
  }

  start(session: Session, orders: readonly MailboxOrder[]): MailboxRestore {
    this.settle();
    const startedAt = this.#clock.now();
    const plannedEnd = session.restore?.plannedEnd ?? this.plannedEnd();
    this.#sessions.use(session, plannedEnd);
    const sessionEnd = () => this.#sessions.endsAt(session) ?? Number.POSITIVE_INFINITY;
    const cutAt = () => (this.#isCutBySession(session) && sessionEnd() < plannedEnd ? sessionEnd() : undefined);
    const plans = orders.map((order) => this.#plan(session, order));
    const outcomes = plans.map((plan) => plan.outcome);
    const truth: EmulatedMailboxRestore = {
      id: this.#ids.uuid(),
      sessionId: session.id,
      mailboxIds: orders.map(({ target }) => target.id),
      startedAt,
      get endsAt() {
        return cutAt() ?? plannedEnd;
      },
      get truth() {
        return cutAt() === undefined ? truthOf(outcomes) : 'failed';
      },
    };
    const apply = () => {
      for (const { outcome, writes } of plans) {
        for (const [id, content] of writes) outcome.order.target.items.set(id, content);
      }
    };
    const restore: MailboxRestore = {
      session,
      truth,
      outcomes,
      apply,
      get isCutShort() {
        return cutAt() !== undefined;
      },
      get endsAt() {
        return truth.endsAt;
      },
    };
    this.all.push(restore);
    this.truths.push(truth);
    this.#pending.add(restore);
    return restore;
  }

  /** Brings into the mailboxes what has ended by now, in the order of the ends. */
  settle(): void {
    const now = this.#clock.now();
    const due = [...this.#pending].filter(({ endsAt }) => endsAt <= now);
    for (const restore of due.sort((one, other) => one.endsAt - other.endsAt)) {
      this.#pending.delete(restore);
      if (!restore.isCutShort) restore.apply();
    }
  }

  /** A session that ends by itself always cuts its restores; what a stop does is the scenario's choice. */
  #isCutBySession({ endedAt }: Session): boolean {
    return endedAt === undefined || this.#scenario.stop?.runningRestores !== 'goes-on';
  }

  get #settings(): MailboxRestoreScenario {
    return this.#scenario.mailboxRestore ?? {};
  }

  #plan(session: Session, order: MailboxOrder): { outcome: MailboxOutcome; writes: [string, string][] } {
    const point = this.#tenant.pointOf(session, order.mailbox);
    const { only = () => true, contentOf } = order;
    const backedUp = point ? [...this.#tenant.backedUp(point, order.mailbox)] : [];
    const items = backedUp
      .filter(([id]) => only(id))
      .map(([id, content]): [string, string] => [id, contentOf?.(id) ?? content]);
    const { failedItems = 0, failedMailboxes = [], cannotContinue } = this.#settings;
    const all =
      failedItems === 'all' ||
      order.isUnresolved ||
      failedMailboxes.includes(order.mailbox.position) ||
      cannotContinue !== undefined;
    const failed = all ? items.length : Math.min(failedItems, items.length);
    const restorable = items.slice(failed);
    const missing = restorable.filter(([id]) => !order.target.items.has(id));
    const changed = restorable.filter(([id, content]) => (order.target.items.get(id) ?? content) !== content);
    const writes = [...(order.deletedItems ? missing : []), ...(order.changedItems ? changed : [])];
    const outcome = {
      order,
      created: order.deletedItems ? missing.length : 0,
      merged: order.changedItems ? changed.length : 0,
      failed,
      skipped: restorable.length - writes.length,
      error: cannotContinue ?? (order.isUnresolved ? unresolved : all && failed > 0 ? failure : undefined),
      eventId: this.#ids.uuid(),
    };
    return { outcome, writes };
  }
}

export function truthOf(outcomes: readonly MailboxOutcome[]): EmulatedMailboxRestore['truth'] {
  const failed = outcomes.some((outcome) => outcome.failed > 0 || outcome.error !== undefined);
  if (!failed) return 'succeeded';
  return outcomes.some((outcome) => outcome.created + outcome.merged > 0) ? 'partial' : 'failed';
}
