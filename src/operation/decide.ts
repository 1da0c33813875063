import { decideOnFailure, type PollFailure } from './decide-on-failure.ts';
import { decideOnStatus, type SeenStatus } from './decide-on-status.ts';
import { decideOnSetBack, decideOnSuspension, decideOnTime } from './decide-on-time.ts';
import type { Decision } from './decision.ts';
import type { WaitRules, WaitState } from './wait-state.ts';

/** What a wait may observe. */
export type Observation<Result> =
  | SeenStatus<Result>
  | PollFailure
  /** Time has passed. A pending poll began at `pollStartedAt`. */
  | { readonly type: 'time'; readonly pollStartedAt: number | undefined }
  /**
   * The machine was suspended for `ms` milliseconds. No budget is charged for that time, and a poll is due before any
   * verdict.
   */
  | { readonly type: 'suspended'; readonly ms: number }
  /** The clock was set back by `ms` milliseconds. All planned times move with it. */
  | { readonly type: 'set-back'; readonly ms: number };

/** Decides what a wait does after an observation. A pure function: no clock, no promise, no code of the caller. */
export function decide<Result>(
  state: WaitState<Result>,
  observation: Observation<Result>,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  switch (observation.type) {
    case 'status':
      return decideOnStatus(state, observation, now, rules);
    case 'failure':
      return decideOnFailure(state, observation, now, rules);
    case 'time':
      return decideOnTime(state, observation.pollStartedAt, now);
    case 'suspended':
      return decideOnSuspension(state, observation.ms, now, rules);
    case 'set-back':
      return decideOnSetBack(state, observation.ms);
  }
}
