import type { PendingAnswer } from '../client/pending-answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { endOfRestore } from './end-of-restore.ts';
import { findRestoreEvents } from './restore-events.ts';
import { inOwnSession, type RestoreFacts } from './restore-facts.ts';
import type { SessionEvent } from './session-event.ts';
import { keyOf } from './session-key.ts';

/** What this client knows about its own restores and the events of a session do not say. */
export class OwnRestores {
  /** How many restore calls have not returned yet, by session. */
  readonly #starting = new Map<string, number>();
  /** Restores that are unanswered, or whose answer was lost, by session. */
  readonly #unfinished = new Map<string, readonly RestoreFacts[]>();
  /** Restores that were started from a session and have one of their own, by the session that they were started from. */
  readonly #elsewhere = new Map<string, readonly RestoreFacts[]>();
  readonly #over = new Set<string>();
  /** Restores that succeeded with warnings by their answer, by session. */
  readonly #warned = new Map<string, readonly RestoreFacts[]>();

  /** Counts a restore call until it returns. */
  async whileStarting<T>(sessionId: string, work: () => Promise<T>): Promise<T> {
    const key = keyOf(sessionId);
    this.#starting.set(key, this.starting(sessionId) + 1);
    try {
      return await work();
    } finally {
      const left = this.starting(sessionId) - 1;
      if (left > 0) this.#starting.set(key, left);
      else this.#starting.delete(key);
    }
  }

  /** How many restore calls in a session have not returned yet. */
  starting(sessionId: string): number {
    return this.#starting.get(keyOf(sessionId)) ?? 0;
  }

  /** @param sessionOf the session of its own that an answer names (VM-15) */
  add(facts: RestoreFacts, pending: PendingAnswer, sessionOf: (body: unknown) => string | undefined): void {
    append(this.#unfinished, facts);
    void pending.settled.then(() => {
      const { answer, error } = pending.outcome ?? {};
      const id = answer && sessionOf(answer.body);
      if (id !== undefined) this.#addOwnSession(inOwnSession(facts, id));
      // The restore may still run.
      if (!answer && error instanceof LostAnswer) return;
      this.ended(facts);
      const end = answer && endOfRestore(answer.body, facts);
      if (end?.state === 'succeeded' && (end.warnings ?? []).length > 0) append(this.#warned, facts);
    });
  }

  #addOwnSession(facts: RestoreFacts): void {
    const key = keyOf(facts.startedFrom ?? facts.sessionId);
    this.#elsewhere.set(key, [...(this.#elsewhere.get(key) ?? []), facts]);
  }

  /** Whether a restore that has a session of its own is known to be over. */
  isOver({ sessionId }: RestoreFacts): boolean {
    return this.#over.has(keyOf(sessionId));
  }

  /** The restores that were started from a session and have one of their own, in the order of their starts. */
  elsewhere(sessionId: string): readonly RestoreFacts[] {
    return this.#of(this.#elsewhere, sessionId);
  }

  /** Notes that a restore is over. */
  ended(facts: RestoreFacts): void {
    if (facts.startedFrom !== undefined) this.#over.add(keyOf(facts.sessionId));
    const key = keyOf(facts.sessionId);
    const left = this.#of(this.#unfinished, facts.sessionId).filter((each) => each !== facts);
    if (left.length > 0) this.#unfinished.set(key, left);
    else this.#unfinished.delete(key);
  }

  /** The restores of a session that are not known to be over and have no event. */
  withoutEvent(sessionId: string, events: readonly SessionEvent[]): readonly RestoreFacts[] {
    return this.#of(this.#unfinished, sessionId).filter(
      (facts) => findRestoreEvents(events, facts, false).state === 'none',
    );
  }

  /** Whether an event belongs to a restore whose answer counts no failed item, so that its Warning means none. */
  countsNoFailure(sessionId: string, event: SessionEvent): boolean {
    return this.#of(this.#warned, sessionId).some((facts) => findRestoreEvents([event], facts, false).state !== 'none');
  }

  #of(restores: ReadonlyMap<string, readonly RestoreFacts[]>, sessionId: string): readonly RestoreFacts[] {
    return restores.get(keyOf(sessionId)) ?? [];
  }
}

function append(restores: Map<string, readonly RestoreFacts[]>, facts: RestoreFacts): void {
  const key = keyOf(facts.sessionId);
  restores.set(key, [...(restores.get(key) ?? []), facts]);
}
