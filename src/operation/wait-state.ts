import type { OperationStatus } from './status.ts';

export const NEVER: number = Number.POSITIVE_INFINITY;

/** What a wait was told once, and what its decisions go by. */
export interface WaitRules {
  /** The last poll comes so long before the deadline. */
  readonly lastPollLeadMs: number;
  readonly outageToleranceMs: number;
  /** Whether the caller has chosen the cadence. */
  readonly hasOwnCadence: boolean;
}

/** What is known of one wait. Times are milliseconds since the epoch, by the wait's clock. Never changed, only replaced. */
export interface WaitState<Result> {
  readonly deadlineAt: number;
  /** When the next poll is wanted; NEVER once the last one before the deadline was taken. */
  readonly nextPollAt: number;
  /** The moment of a poll that nothing may hold back: the last one, or those that end the outage budget. */
  readonly mustPollAt: number;
  /** The latest of: start, resume, last good poll. */
  readonly knownAt: number;
  readonly runningPolls: number;
  /** How often everything but 'running' was observed, by name. */
  readonly observed: Readonly<Record<string, number>> | undefined;
  /** The last good poll's. */
  readonly status: OperationStatus<Result> | undefined;
  /** Outages that are over, in milliseconds. */
  readonly unreachableMs: number;
  /** What has gone wrong since the last good poll. */
  readonly failures: Failures | undefined;
  /** While a suspension of the machine is being made up for. */
  readonly suspension: Suspension | undefined;
}

export interface Failures {
  /** Failed polls since the last good one. */
  readonly count: number;
  readonly lastError: unknown;
  /** When our view was lost; undefined while we are only limited. */
  readonly lostAt: number | undefined;
  /** Part of the outage that its budget does not count, since the machine was suspended. */
  readonly uncountedMs: number;
  /** When the outage is told again. */
  readonly tellAt: number;
  readonly refusals: number;
  readonly firstRefusalAt: number;
  /** Whether the vendor has said that it does not know the operation. */
  readonly isAbsent: boolean;
}

export interface Suspension {
  /** A poll that began before says nothing of the time since. */
  readonly wokenAt: number;
  /** Polls that fail are repeated until then, before any verdict; undefined until the first one has failed. */
  readonly triesUntil: number | undefined;
}

/** Failed polls are repeated for so long after a suspension: the first ones meet connections that have died meanwhile. */
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

/** Until when a wait may go on: its deadline, or the end of the tries that a suspension is owed. */
export function giveUpAt(state: WaitState<unknown>, pollStartedAt: number | undefined): number {
  const { deadlineAt, suspension } = state;
  if (suspension?.triesUntil !== undefined) return Math.max(deadlineAt, suspension.triesUntil);
  if (pollStartedAt !== undefined && (suspension !== undefined || pollStartedAt >= deadlineAt)) {
    return Math.max(deadlineAt, pollStartedAt + TRIES_MS);
  }
  return deadlineAt;
}

/** Milliseconds out of sight so far, the outage that goes on included. */
export function unreachableSoFar({ unreachableMs, failures }: WaitState<unknown>, now: number): number {
  return unreachableMs + (failures?.lostAt === undefined ? 0 : now - failures.lostAt);
}

export function counted(state: WaitState<unknown>, name: string): Readonly<Record<string, number>> {
  return { ...state.observed, [name]: (state.observed?.[name] ?? 0) + 1 };
}
