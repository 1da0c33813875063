import {
  AccessLostError,
  OperationFailedError,
  OutageError,
  OutcomeUnknownError,
  PartialRestoreError,
  WaitAbortedError,
  WaitTimeoutError,
} from '../../../src/errors/index.ts';
import type { WaitResult } from '../../../src/operation/wait-result.ts';
import { inWords, promise } from './broken-promise.ts';
import type { Truth, WaitPlan } from './schedule.ts';
import type { Stage } from './stage.ts';
import { HOUR, MINUTE } from './times.ts';

/** How a wait ended. */
export type Ended = { readonly result: WaitResult<unknown> } | { readonly error: unknown };

/** One wait as it was seen from outside. */
export interface Watched {
  readonly plan: WaitPlan;
  readonly began: number;
  readonly endedAt: number;
  /** When the last jump of the clock landed within it; 0 without one. */
  readonly landedAt: number;
  readonly ended: Ended;
}

export type Verdict = Exclude<Truth, 'never'> | { readonly unknown: string; readonly handle: object };

/** A poll that is slow may take up to this much of the time after a jump over the deadline. */
const LAST_POLL_MS = 5_000;

/** What a wait claims, held against what is true. */
export function judge<Extra>(stage: Stage<Extra>, wait: Watched): Verdict {
  const verdict = read(wait);
  // A clock that was set measures nothing.
  if (!isClockSet(stage)) checkTimes(wait, stage.tickMs);
  if (typeof verdict === 'string') checkTruth(stage, verdict, wait);
  else if (!stage.isDisturbed) checkHonesty(stage, wait, verdict.unknown);
  return verdict;
}

function read({ ended, plan }: Watched): Verdict {
  if ('result' in ended) {
    const { state } = ended.result;
    promise(state !== 'partial' || plan.acceptsPartial, 'A partial restore was taken for a success.', 'false end');
    return state;
  }
  const { error } = ended;
  if (PartialRestoreError.isInstance(error)) return 'partial';
  if (OperationFailedError.isInstance(error)) return error.state;
  promise(
    OutcomeUnknownError.isInstance(error),
    `The wait threw what it does not promise: ${inWords(error)}`,
    'raw error',
  );
  const { handle } = error;
  promise(handle !== undefined, `The handle is lost: ${inWords(error)}`);
  return { unknown: error.name, handle };
}

function isClockSet<Extra>({ schedule }: Stage<Extra>): boolean {
  return schedule.hazard?.clientClock?.set !== undefined;
}

/** A verdict is true, not given before the end, and not long after it could be. */
function checkTruth<Extra>(stage: Stage<Extra>, verdict: string, wait: Watched): void {
  const { contest, tickMs, isDisturbed } = stage;
  const at = wait.endedAt;
  const [restore] = contest.emulator.restores;
  promise(restore !== undefined, `It is said to be ${verdict}, and nothing was ever started.`, 'false end');
  promise(restore.truth === verdict, `It is said to be ${verdict}, and the truth is ${restore.truth}.`, 'false end');
  const endsAt = restore.startedAt + contest.endsAfterMs;
  promise(at >= endsAt - tickMs, `It is said to be ${verdict} ${endsAt - at} ms before its end.`, 'false end');
  const late = at - knowableAt(stage, wait);
  promise(
    isDisturbed || late <= slackOf(stage, wait),
    `It is said to be ${verdict} ${late} ms after it could be known.`,
  );
}

/** From when on nothing stands in the way of the truth. */
function knowableAt<Extra>({ contest }: Stage<Extra>, { began, landedAt }: Watched): number {
  const startedAt = contest.emulator.restores[0]?.startedAt ?? began;
  return Math.max(began, landedAt, startedAt + contest.endsAfterMs, startedAt + contest.darkUntilMs);
}

/** The longest pause that a cadence of ours, a server's `Retry-After` or a sleeping machine may make. */
function slackOf<Extra>({ schedule }: Stage<Extra>, { landedAt }: Watched): number {
  const mayPause = schedule.wire.some(({ kind }) => kind === 'status') || schedule.hazard !== undefined;
  return mayPause || landedAt > 0 ? 1.25 * HOUR : 20 * MINUTE;
}

function checkTimes({ plan, began, endedAt, landedAt, ended }: Watched, tickMs: number): void {
  const elapsed = endedAt - began;
  const deadlineAt = began + plan.timeoutMs;
  // A machine that slept through its deadline polls once more.
  const latest = Math.max(deadlineAt, landedAt > 0 ? landedAt + LAST_POLL_MS : 0) + tickMs;
  promise(endedAt <= latest, `The deadline was missed by ${endedAt - deadlineAt} ms.`);
  const error = 'error' in ended ? ended.error : undefined;
  if (WaitTimeoutError.isInstance(error)) {
    promise(endedAt >= deadlineAt - tickMs, `It timed out ${deadlineAt - endedAt} ms before its deadline.`);
  }
  if (plan.abortAtMs !== undefined && landedAt === 0) {
    promise(elapsed <= plan.abortAtMs + tickMs, `It went on for ${elapsed - plan.abortAtMs} ms after the abort.`);
  }
}

/** Not to know is honest only where something stood in the way. */
function checkHonesty<Extra>(stage: Stage<Extra>, wait: Watched, name: string): void {
  const { contest } = stage;
  const { plan, began, endedAt, ended } = wait;
  const error = 'error' in ended ? ended.error : undefined;
  const tolerance = plan.outageToleranceMs ?? contest.toleranceMs;
  const startedAt = contest.emulator.restores[0]?.startedAt ?? began;
  const quietAt = startedAt + contest.darkUntilMs;

  if (WaitAbortedError.isInstance(error)) {
    promise(plan.abortAtMs !== undefined, 'It says that it was aborted, and nobody did.');
  } else if (AccessLostError.isInstance(error)) {
    promise(contest.mayLoseAccess, `It gave up, and nobody had refused anything: ${inWords(error)}`);
  } else if (OutageError.isInstance(error) && error.reason === 'gone') {
    promise(contest.mayLoseAccess, `It says that the operation is gone, and nobody had: ${inWords(error)}`);
  } else if (OutageError.isInstance(error)) {
    const since = error.since.getTime() - (stage.schedule.hazard?.clientClock?.offsetMs ?? 0);
    promise(
      isClockSet(stage) || endedAt - since >= tolerance - 1,
      `An outage was given up after ${endedAt - since} of ${tolerance} ms.`,
    );
    // The poll that ends the budget found it dark, so dark it was; a slow poll may end after the dark.
    const { network } = stage.schedule.hazard ?? {};
    // Bodies that hang are dark for as long as a request may take.
    promise(
      network !== undefined || endedAt <= quietAt + 11 * MINUTE,
      `It saw nothing ${endedAt - quietAt} ms after all was bright again.`,
    );
  } else {
    promise(WaitTimeoutError.isInstance(error), `It does not know, for no reason that is promised: ${name}`);
    const late = endedAt - knowableAt(stage, wait);
    const { landedAt } = wait;
    const wasOver = landedAt - knowableAt(stage, { ...wait, landedAt: 0 }) > slackOf(stage, wait);
    const mustBeKnown =
      stage.schedule.hazard?.mustBeKnown === true && contest.tellsEndAtOnce && landedAt > 0 && wasOver;
    promise(!mustBeKnown || contest.mayLoseAccess, 'It ended while the machine slept, and one dead connection hid it.');
    promise(late <= slackOf(stage, wait), `It still does not know ${late} ms after it could.`);
  }
}
