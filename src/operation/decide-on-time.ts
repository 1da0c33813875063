import type { Decision } from './decision.ts';
import { giveUpAt, NEVER, type WaitRules, type WaitState } from './wait-state.ts';

const MINUTE_MS = 60_000;

export function decideOnTime<Result>(
  state: WaitState<Result>,
  pollStartedAt: number | undefined,
  now: number,
): Decision<Result> {
  const isWaitingForPoll = pollStartedAt === undefined && state.nextPollAt !== NEVER;
  if (!isWaitingForPoll && now >= giveUpAt(state, pollStartedAt)) return { state, ending: { type: 'timeout' } };
  const { failures } = state;
  if (!failures || now < failures.tellAt) return { state };
  return { state: { ...state, failures: { ...failures, tellAt: now + MINUTE_MS } }, tellsUnreachable: true };
}

export function decideOnSuspension<Result>(
  state: WaitState<Result>,
  ms: number,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const { failures } = state;
  const lostMs = failures?.lostAt === undefined ? 0 : ms;
  const mustPollAt = Math.min(state.mustPollAt + lostMs, state.deadlineAt - rules.lastPollLeadMs);
  return {
    state: {
      ...state,
      nextPollAt: now,
      mustPollAt: Math.max(now, mustPollAt),
      failures: failures && { ...failures, uncountedMs: failures.uncountedMs + ms },
      suspension: { wokenAt: now, triesUntil: undefined },
    },
  };
}

export function decideOnSetBack<Result>(state: WaitState<Result>, ms: number): Decision<Result> {
  const { failures, suspension } = state;
  return {
    state: {
      ...state,
      deadlineAt: state.deadlineAt - ms,
      nextPollAt: state.nextPollAt - ms,
      mustPollAt: state.mustPollAt - ms,
      knownAt: state.knownAt - ms,
      failures: failures && {
        ...failures,
        lostAt: failures.lostAt === undefined ? undefined : failures.lostAt - ms,
        tellAt: failures.tellAt - ms,
        firstRefusalAt: failures.firstRefusalAt - ms,
      },
      suspension: suspension && {
        wokenAt: suspension.wokenAt - ms,
        triesUntil: suspension.triesUntil === undefined ? undefined : suspension.triesUntil - ms,
      },
    },
  };
}
