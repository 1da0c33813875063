import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import { isWithin } from '../faults.ts';
import type { Logon } from './logons.ts';
import type { VeeamM365Scenario } from './scenario.ts';
import type { BackupView } from './tenant.ts';

export type SessionType = BackupView['type'];

/** A restore session: a view of the backups at one moment. */
export interface Session extends BackupView {
  readonly id: string;
  readonly createdAt: number;
  /** undefined for sessions from before, which every logon sees. */
  readonly logon: Logon | undefined;
  readonly startEventId: string;
  /** Status requests for this session so far. */
  polls: number;
  usedAt: number;
  /** Status requests that still see it alive after a stop. */
  pollsUntilStopped: number | undefined;
  endedAt: number | undefined;
  /** The reason that a restore operator gave. */
  readonly reason?: string | undefined;
  /** The restore that runs in it, if it is the session of one (VM-15). */
  restore?: RestoreOfSession;
}

/** A restore that has a session of its own. */
export interface RestoreOfSession {
  /** When it ends, unless the session is stopped before. */
  readonly plannedEnd: number;
  readonly truth: 'succeeded' | 'partial' | 'failed';
}

/** What a word of the result means; without a known one the session ended all the same. */
const truths: Readonly<Record<string, 'succeeded' | 'partial' | 'failed'>> = { Warning: 'partial', Failed: 'failed' };

/** All sessions. Nothing runs: the state of a session follows from the clock and from the calls that it has had. */
export class Sessions {
  readonly all: Session[] = [];
  /** How each session that was opened ends; 'never' as long as nothing ends it. */
  readonly truths: EmulatedRestore[] = [];
  readonly #clock: Clock;
  readonly #scenario: VeeamM365Scenario;
  readonly #endListeners = new Set<() => void>();

  constructor(clock: Clock, scenario: VeeamM365Scenario) {
    this.#clock = clock;
    this.#scenario = scenario;
  }

  add(
    opened: Pick<Session, 'id' | 'type' | 'createdAt' | 'logon' | 'at' | 'job' | 'startEventId' | 'reason'>,
    endedAt?: number,
  ): Session {
    const session: Session = { ...opened, polls: 0, usedAt: opened.createdAt, pollsUntilStopped: undefined, endedAt };
    this.all.push(session);
    return session;
  }

  recordTruth(session: Session): void {
    const ends = () => this.endsAt(session) !== undefined || Number.isFinite(session.pollsUntilStopped);
    const truth = truths[this.#scenario.result ?? 'Success'] ?? 'succeeded';
    this.truths.push({
      id: session.id,
      startedAt: session.createdAt,
      get truth() {
        return ends() ? truth : 'never';
      },
    });
  }

  /** When the session ended; undefined while it lives. */
  endOf(session: Session): number | undefined {
    const endsAt = this.endsAt(session);
    return endsAt !== undefined && endsAt <= this.#clock.now() ? endsAt : undefined;
  }

  stateOf(session: Session): string {
    if (this.endOf(session) !== undefined) return 'Stopped';
    if (session.pollsUntilStopped !== undefined) return this.#scenario.stop?.lagState ?? 'Working';
    if (this.isStarting(session)) return 'Starting';
    const at = { elapsedMs: this.#clock.now() - session.createdAt, polls: session.polls };
    return this.#scenario.oddStates?.find((odd) => isWithin(odd, at))?.state ?? 'Working';
  }

  isStarting(session: Session): boolean {
    return !session.restore && this.#clock.now() < session.createdAt + (this.#scenario.startingMs ?? 0);
  }

  isForgotten(session: Session): boolean {
    const endedAt = this.endOf(session);
    const { forgetAfterMs } = this.#scenario;
    return endedAt !== undefined && forgetAfterMs !== undefined && this.#clock.now() >= endedAt + forgetAfterMs;
  }

  /** Counts a status request; an end that a stop has put off comes with it. */
  poll(session: Session): void {
    session.polls += 1;
    if (this.#scenario.pollsKeepAlive) this.use(session);
    if (session.pollsUntilStopped === undefined) return;
    if (session.pollsUntilStopped > 0) session.pollsUntilStopped -= 1;
    else this.#end(session);
  }

  /** Keeps the session from expiring, counted from `until` where that is later than now. */
  use(session: Session, until = this.#clock.now()): void {
    if (this.endOf(session) === undefined) session.usedAt = Math.max(session.usedAt, until);
  }

  stop(session: Session): void {
    if (this.endOf(session) !== undefined || session.pollsUntilStopped !== undefined) return;
    const lag = this.#scenario.stop?.lagPolls ?? 0;
    if (lag === 0) this.#end(session);
    else session.pollsUntilStopped = lag === 'forever' ? Number.POSITIVE_INFINITY : lag;
  }

  #end(session: Session): void {
    session.endedAt = this.endOf(session) ?? this.#clock.now();
    for (const listener of this.#endListeners) listener();
  }

  /** Calls back whenever a session is ended by a call; the function that is answered takes it back. */
  onEnd(listener: () => void): () => void {
    this.#endListeners.add(listener);
    return () => this.#endListeners.delete(listener);
  }

  /** When the session ends, as far as that is settled now. */
  endsAt(session: Session): number | undefined {
    const { durationMs, idleLimitMs } = this.#scenario;
    const ends = [session.endedAt ?? Number.POSITIVE_INFINITY];
    // The length of a session is that of one that explores.
    if (session.restore) return Math.min(session.restore.plannedEnd, ...ends);
    if (durationMs !== undefined) ends.push(session.createdAt + durationMs);
    if (idleLimitMs !== undefined) ends.push(session.usedAt + idleLimitMs);
    const first = Math.min(...ends);
    return first === Number.POSITIVE_INFINITY ? undefined : first;
  }
}
