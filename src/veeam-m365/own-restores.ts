import type { PendingAnswer } from '../client/pending-answer.ts';
import { LostAnswer } from '../http/lost-answer.ts';
import { endOfAnswer } from './end-of-answer.ts';
import { findRestoreEvents } from './restore-events.ts';
import type { RestoreFacts } from './restore-facts.ts';
import type { SessionEvent } from './session-event.ts';
import { keyOf } from './session-key.ts';

/** What this client knows of its own restores, and the events of a session do not tell. */
export class OwnRestores {
  /** How many calls are being made that may have sent nothing yet: by session. */
  readonly #starting = new Map<string, number>();
  /** In flight, or with a lost answer: by session. */
  readonly #unfinished = new Map<string, readonly RestoreFacts[]>();
  /** Their answers count no failure, and a warning: by session. */
  readonly #warned = new Map<string, readonly RestoreFacts[]>();

  /** Counts a call while it is being made. */
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

  /** How many calls are being made in a session. */
  starting(sessionId: string): number {
    return this.#starting.get(keyOf(sessionId)) ?? 0;
  }

  add(facts: RestoreFacts, pending: PendingAnswer): void {
    append(this.#unfinished, facts);
    void pending.settled.then(() => {
      const { answer, error } = pending.outcome ?? {};
      // A lost answer is no end.
      if (!answer && error instanceof LostAnswer) return;
      this.ended(facts);
      const end = answer && endOfAnswer(answer.body, facts);
      if (end?.state === 'succeeded' && (end.warnings ?? []).length > 0) append(this.#warned, facts);
    });
  }

  /** The end of this restore is known, or known not to be told. */
  ended(facts: RestoreFacts): void {
    const key = keyOf(facts.sessionId);
    const left = this.#of(this.#unfinished, facts.sessionId).filter((each) => each !== facts);
    if (left.length > 0) this.#unfinished.set(key, left);
    else this.#unfinished.delete(key);
  }

  /** Those of a session without a known end, of which its events tell nothing at all. */
  withoutEvent(sessionId: string, events: readonly SessionEvent[]): readonly RestoreFacts[] {
    return this.#of(this.#unfinished, sessionId).filter(
      (facts) => findRestoreEvents(events, facts, false).state === 'none',
    );
  }

  /** Whether an event is of a restore whose answer counts no failure: its Warning stands for no failed item then. */
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
