import type { Decision } from './decision.ts';
import type { OperationStatus } from './status.ts';
import { counted, NEVER, unreachableSoFar, type WaitRules, type WaitState } from './wait-state.ts';

/** A good poll. */
export interface SeenStatus<Result> {
  readonly type: 'status';
  readonly status: OperationStatus<Result>;
  /** When its poll began. */
  readonly startedAt: number;
  /** The pause that the cadence and the vendor ask for, in milliseconds. */
  readonly pauseMs: number;
  /** Whether the wait is for 'ready' and the operation is ready. */
  readonly isReady: boolean;
}

export function decideOnStatus<Result>(
  state: WaitState<Result>,
  seen: SeenStatus<Result>,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const { status, startedAt } = seen;
  const isRunning = status.state === 'running';
  // A poll that began before a suspension may have been answered long ago, so another poll is needed.
  const suspension = state.suspension && startedAt < state.suspension.wokenAt ? state.suspension : undefined;
  const lastPollAt = state.deadlineAt - rules.lastPollLeadMs;
  const wasLastPoll = startedAt >= lastPollAt && suspension === undefined;
  return {
    // Each field is copied by name, because a spread costs as much as half a poll.
    state: {
      deadlineAt: state.deadlineAt,
      nextPollAt: wasLastPoll ? NEVER : Math.min(now + seen.pauseMs, Math.max(now, lastPollAt)),
      mustPollAt: wasLastPoll ? NEVER : lastPollAt,
      knownAt: now,
      runningPolls: state.runningPolls + (isRunning ? 1 : 0),
      observed: isRunning ? state.observed : counted(state, status.state),
      status,
      unreachableMs: unreachableSoFar(state, now),
      failures: undefined,
      suspension,
    },
    ending: status.state !== 'running' ? { type: 'ended', status } : seen.isReady ? { type: 'ready' } : undefined,
  };
}
