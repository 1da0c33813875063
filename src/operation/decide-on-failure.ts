import type { Decision, Ending } from './decision.ts';
import type { PollVerdict } from './poll-verdict.ts';
import {
  counted,
  type Failures,
  NEVER,
  type Suspension,
  TRIES_MS,
  unreachableSoFar,
  type WaitRules,
  type WaitState,
} from './wait-state.ts';

/** A poll that failed. */
export interface PollFailure {
  readonly type: 'failure';
  readonly error: unknown;
  /** The name under which failures of the same sort are counted. */
  readonly label: string;
  readonly meaning: PollVerdict | 'no-verdict' | 'no-status' | 'wrong-handle';
  /** When its poll began. */
  readonly startedAt: number;
  /** The pause that the cadence asks for, in milliseconds. */
  readonly delayMs: number;
  /** The pause that the vendor asked for, in milliseconds. */
  readonly askedMs: number;
  /** Whether a poll of another operation failed, for a reason that concerns all operations of the client. */
  readonly isOfAnother: boolean;
}

const MINUTE_MS = 60_000;
/** The pause between two reports of the same outage. */
const TELL_AGAIN_MS = MINUTE_MS;
const ABSENT_MS = MINUTE_MS;
/**
 * If an operation is found absent for the first time after the limit for absence, it is polled once more after this
 * pause.
 */
const CONFIRM_ABSENT_MS = 5_000;
const REFUSALS = 3;
const REFUSED_MS = 10 * MINUTE_MS;
/**
 * The pause after the first refusal. It is much shorter than the second one: a server may refuse a new token for a
 * minute or two, and a token may live for five minutes only, so that it would never be tried while it is valid.
 */
const FIRST_REFUSED_MS = 2 * MINUTE_MS;
/** The pause between polls that precede a verdict. */
const RETRY_MS = 2_000;
/** The same after a suspension of the machine, when several dead connections may be found one after another. */
const RETRY_AFTER_SUSPENSION_MS = 1_000;
/** The time before the end of the outage budget in which some more polls are made. The last of them is at the end. */
const BUDGET_LEAD_MS = 4_000;

const NO_FAILURES: Failures = {
  count: 0,
  lastError: undefined,
  lostAt: undefined,
  uncountedMs: 0,
  tellAt: NEVER,
  refusals: 0,
  firstRefusalAt: 0,
  isAbsent: false,
};

export function decideOnFailure<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const { meaning } = failure;
  const noted = noteFailure(state, failure, now);
  switch (meaning) {
    case 'no-verdict':
    case 'no-status':
    case 'wrong-handle':
      return { state: noted, ending: { type: meaning } };
    case 'limited':
      return { state: planned(noted, failure, now, rules, { pauseMs: Math.max(failure.delayMs, failure.askedMs) }) };
    default: {
      const isNews = state.failures?.lostAt === undefined;
      return { ...decideOnOutage(noted, failure, now, rules), tellsUnreachable: isNews };
    }
  }
}

function noteFailure<Result>(state: WaitState<Result>, failure: PollFailure, now: number): WaitState<Result> {
  const before = state.failures ?? NO_FAILURES;
  const failures: Failures = {
    ...before,
    count: before.count + 1,
    lastError: failure.error,
    // The operation must be absent at two polls in a row.
    isAbsent: before.isAbsent && failure.meaning === 'absent',
  };
  const observed = counted(state, failure.label);
  if (failure.meaning === 'limited') {
    // The server answers, so the outage is over.
    const unreachableMs = unreachableSoFar(state, now);
    return { ...state, observed, unreachableMs, failures: { ...failures, lostAt: undefined, tellAt: NEVER } };
  }
  if (before.lostAt !== undefined) return { ...state, observed, failures };
  return { ...state, observed, failures: { ...failures, lostAt: now, uncountedMs: 0, tellAt: now + TELL_AGAIN_MS } };
}

function decideOnOutage<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  switch (failure.meaning) {
    case 'give-up':
      return { state, ending: { type: 'access-lost' } };
    case 'refused':
      return decideOnRefusal(state, failure, now, rules);
    case 'absent':
      return decideOnAbsence(state, failure, now, rules);
    default:
      return decideOnLostView(state, failure, now, rules);
  }
}

/** Polls at most three times in ten minutes, because more attempts could lock the account. */
function decideOnRefusal<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const before = state.failures ?? NO_FAILURES;
  const refusals = before.refusals + 1;
  const firstRefusalAt = before.refusals === 0 ? now : before.firstRefusalAt;
  const refused = { ...state, failures: { ...before, refusals, firstRefusalAt } };
  if (refusals >= REFUSALS && now - firstRefusalAt >= REFUSED_MS) {
    return { state: refused, ending: { type: 'access-lost' } };
  }
  // The bound holds after the clock was set back.
  const restMs = refusals === 1 ? FIRST_REFUSED_MS : Math.min(REFUSED_MS, firstRefusalAt + REFUSED_MS - now);
  const pauseMs = Math.max(failure.delayMs, failure.askedMs, restMs);
  return { state: planned(refused, failure, now, rules, { pauseMs }) };
}

/**
 * Absence is tolerated for a minute since the operation was last known. Some polls are made in that minute, whatever
 * the cadence.
 */
function decideOnAbsence<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const before = state.failures ?? NO_FAILURES;
  const absent = { ...state, failures: { ...before, isAbsent: true } };
  const sinceKnownMs = now - state.knownAt;
  if (sinceKnownMs >= ABSENT_MS) {
    if (before.isAbsent) return { state: absent, ending: { type: 'gone' } };
    return { state: planned(absent, failure, now, rules, { pauseMs: CONFIRM_ABSENT_MS }) };
  }
  const spreadMs = Math.min(Math.max(sinceKnownMs / 2, 3_000), 10_000);
  const pauseMs = Math.max(rules.hasOwnCadence ? Math.min(failure.delayMs, spreadMs) : spreadMs, failure.askedMs);
  return { state: planned(absent, failure, now, rules, { pauseMs, latestAt: state.knownAt + ABSENT_MS }) };
}

function decideOnLostView<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
): Decision<Result> {
  const { lostAt = now, uncountedMs } = state.failures ?? NO_FAILURES;
  const budgetEndsAt = lostAt + rules.outageToleranceMs + uncountedMs;
  const lastTriesAt = budgetEndsAt - Math.min(BUDGET_LEAD_MS, 0.05 * rules.outageToleranceMs);
  const suspension = triesAfterSuspension(state, failure);
  const next = { ...state, suspension };
  const isInTries = suspension?.triesUntil !== undefined && now < suspension.triesUntil;
  if (now >= budgetEndsAt && !isInTries) return { state: next, ending: unreachable };
  if (now >= lastTriesAt) {
    const latestAt = isInTries ? Math.max(budgetEndsAt, suspension.triesUntil) : budgetEndsAt;
    const pauseMs = isInTries ? RETRY_AFTER_SUSPENSION_MS : RETRY_MS;
    return { state: planned(next, failure, now, rules, { pauseMs, latestAt, mustAt: now }) };
  }
  const pauseMs = Math.max(failure.delayMs, failure.askedMs);
  return { state: planned(next, failure, now, rules, { pauseMs, latestAt: lastTriesAt, mustAt: lastTriesAt }) };
}

const unreachable: Ending<never> = { type: 'unreachable' };

/** After a suspension, failures decide nothing for some time. That time begins with the first failed poll. */
function triesAfterSuspension(
  state: WaitState<unknown>,
  { startedAt, isOfAnother }: PollFailure,
): Suspension | undefined {
  const { suspension, deadlineAt } = state;
  if (isOfAnother || suspension?.triesUntil !== undefined) return suspension;
  if (suspension ? startedAt >= suspension.wokenAt : startedAt >= deadlineAt) {
    return { wokenAt: startedAt, triesUntil: startedAt + TRIES_MS };
  }
  return suspension;
}

/** Plans the next poll, at the latest shortly before the deadline. */
function planned<Result>(
  state: WaitState<Result>,
  failure: PollFailure,
  now: number,
  rules: WaitRules,
  next: { readonly pauseMs: number; readonly latestAt?: number; readonly mustAt?: number },
): WaitState<Result> {
  const { suspension } = state;
  const lastPollAt = state.deadlineAt - rules.lastPollLeadMs;
  if (failure.isOfAnother) {
    // The poll of this operation is still due. It is made as soon as the server answers again.
    const nextPollAt = Math.min(state.nextPollAt, now);
    const mustAt = Math.max(now, Math.min(lastPollAt, next.mustAt ?? NEVER));
    return state.nextPollAt === NEVER ? state : { ...state, nextPollAt, mustPollAt: mustAt };
  }
  const isPollOwed = suspension !== undefined && failure.startedAt < suspension.wokenAt;
  const wantedAt = Math.min(now + next.pauseMs, Math.max(now, next.latestAt ?? NEVER));
  if (failure.startedAt >= lastPollAt && !isPollOwed) {
    // The last poll has failed. More polls follow until the deadline, in case the outage ends before it.
    const triesUntil = suspension?.triesUntil ?? 0;
    const retryAt = now + (now < triesUntil ? RETRY_AFTER_SUSPENSION_MS : RETRY_MS);
    const endsAt = Math.max(state.deadlineAt, triesUntil);
    const nextPollAt = failure.meaning === 'outage' && retryAt < endsAt ? retryAt : NEVER;
    return { ...state, nextPollAt, mustPollAt: nextPollAt };
  }
  const nextPollAt = Math.min(wantedAt, Math.max(now, lastPollAt));
  return { ...state, nextPollAt, mustPollAt: Math.max(nextPollAt, Math.min(lastPollAt, next.mustAt ?? NEVER)) };
}
