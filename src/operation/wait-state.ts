import type { OperationStatus } from './status.ts';

export const NEVER: number = Number.POSITIVE_INFINITY;

/** The fixed options of a wait on which its decisions depend. */
export interface WaitRules {
  /** How long before the deadline the last poll starts, in milliseconds. */
  readonly lastPollLeadMs: number;
  readonly outageToleranceMs: number;
  /** Whether the caller has chosen the cadence. */
  readonly hasOwnCadence: boolean;
}

/** The state of one wait. Times are milliseconds since the epoch, by the clock of the wait. It is immutable. */
export interface WaitState<Result> {
  readonly deadlineAt: number;
  /** When the next poll is due; NEVER after the last poll before the deadline. */
  readonly nextPollAt: number;
  /**
   * The time of a poll that the circuit breaker must not hold back: the last poll, or one at the end of the outage
   * budget.
   */
  readonly mustPollAt: number;
  /** The start, the resume or the last good poll, whichever is latest. */
  readonly knownAt: number;
  readonly runningPolls: number;
  /** How often each observation other than 'running' was made. */
  readonly observed: Readonly<Record<string, number>> | undefined;
  /** The status of the last good poll. */
  readonly status: OperationStatus<Result> | undefined;
  /** The length of all outages that have ended, in milliseconds. */
  readonly unreachableMs: number;
  /** The failures since the last good poll. */
  readonly failures: Failures | undefined;
  /** Set after a suspension of the machine until a poll has succeeded. */
  readonly suspension: Suspension | undefined;
}

export interface Failures {
  /** Failed polls since the last good one. */
  readonly count: number;
  readonly lastError: unknown;
  /** The time of the first failed poll; undefined if the server only limits the client. */
  readonly lostAt: number | undefined;
  /** The part of the outage that the budget does not count, because the machine was suspended. */
  readonly uncountedMs: number;
  /** When the outage is reported again. */
  readonly tellAt: number;
  readonly refusals: number;
  readonly firstRefusalAt: number;
  /** Whether the vendor answered that it does not know the operation. */
  readonly isAbsent: boolean;
}

export interface Suspension {
  /** When the machine woke up. A poll that began earlier says nothing about the time after it. */
  readonly wokenAt: number;
  /** Until when failed polls are repeated before any verdict; undefined until the first one has failed. */
  readonly triesUntil: number | undefined;
}

/**
 * How long failed polls are repeated after a suspension. The first ones may use connections that have died meanwhile.
 */
export const TRIES_MS = 5_000;

export function initialState<Result>(
  now: number,
  rules: WaitRules,
  begin: { readonly timeoutMs: number; readonly firstPollAt: number; readonly knownAt: number },
): WaitState<Result> {
  const deadlineAt = now + begin.timeoutMs;
  const lastPollAt = Math.max(now, deadlineAt - rules.lastPollLeadMs);
  return {
    deadlineAt,
    nextPollAt: Math.min(begin.firstPollAt, lastPollAt),
    mustPollAt: lastPollAt,
    knownAt: begin.knownAt,
    runningPolls: 0,
    observed: undefined,
    status: undefined,
    unreachableMs: 0,
    failures: undefined,
    suspension: undefined,
  };
}

/** When the wait ends at the latest: its deadline, or the end of the repeated polls after a suspension. */
export function giveUpAt(state: WaitState<unknown>, pollStartedAt: number | undefined): number {
  const { deadlineAt, suspension } = state;
  if (suspension?.triesUntil !== undefined) return Math.max(deadlineAt, suspension.triesUntil);
  if (pollStartedAt !== undefined && (suspension !== undefined || pollStartedAt >= deadlineAt)) {
    return Math.max(deadlineAt, pollStartedAt + TRIES_MS);
  }
  return deadlineAt;
}

/** The length of all outages so far in milliseconds, including the current one. */
export function unreachableSoFar({ unreachableMs, failures }: WaitState<unknown>, now: number): number {
  return unreachableMs + (failures?.lostAt === undefined ? 0 : now - failures.lostAt);
}

export function counted(state: WaitState<unknown>, name: string): Readonly<Record<string, number>> {
  return { ...state.observed, [name]: (state.observed?.[name] ?? 0) + 1 };
}
