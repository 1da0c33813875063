import type { Step } from '../operation/status.ts';
import { isObject } from '../protocols/poll-response.ts';

/**
 * Reads `intermittentStatus` in order. An array of objects with one key each is documented. Objects with several keys
 * or none, null and a missing array are allowed too (OE-11). The steps do not decide whether and how a job ended.
 */
export function toSteps(intermittentStatus: unknown): readonly Step[] {
  return [intermittentStatus]
    .flat()
    .filter(isObject)
    .flatMap((step) => Object.entries(step).map(([name, state]) => ({ name, state: textOf(state) })));
}

/**
 * The meaning of the state of a step.
 * - 'done', 'not-applicable': the documented states `Success` and `NA`.
 * - 'failed': no state for this is documented, so the usual English words are recognised (OE-12).
 * - 'unclear': every other state. Nothing is concluded from it.
 */
export type StepOutcome = 'done' | 'not-applicable' | 'failed' | 'unclear';

const FAILURE = /^\s*(fail|error|abort|cancel|terminat|unsuccess|reject)/i;

export function outcomeOf({ state }: Step): StepOutcome {
  if (state === 'Success') return 'done';
  if (state === 'NA') return 'not-applicable';
  return FAILURE.test(state) ? 'failed' : 'unclear';
}

/** The steps with a state other than `Success` and `NA`. */
export function unfinishedSteps(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => ['failed', 'unclear'].includes(outcomeOf(step)));
}

function textOf(state: unknown): string {
  return typeof state === 'string' ? state : (JSON.stringify(state) ?? '');
}
