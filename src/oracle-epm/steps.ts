import type { Step } from '../operation/status.ts';
import { isObject } from '../protocols/poll-response.ts';

/**
 * `intermittentStatus` in order. Documented is an array of objects with one key each; several keys, none, null and an
 * absent array do no harm (OE-11). Whether and how a job ended is not read from them.
 */
export function toSteps(intermittentStatus: unknown): readonly Step[] {
  return [intermittentStatus]
    .flat()
    .filter(isObject)
    .flatMap((step) => Object.entries(step).map(([name, state]) => ({ name, state: textOf(state) })));
}

/**
 * What the word of a step says.
 * - 'done', 'not-applicable': the documented words `Success` and `NA`.
 * - 'failed': no word for it is documented, so this takes the usual English ones (OE-12).
 * - 'unclear': every other word. Nobody may claim anything by it.
 */
export type StepOutcome = 'done' | 'not-applicable' | 'failed' | 'unclear';

const FAILURE = /^\s*(fail|error|abort|cancel|terminat|unsuccess|reject)/i;

export function outcomeOf({ state }: Step): StepOutcome {
  if (state === 'Success') return 'done';
  if (state === 'NA') return 'not-applicable';
  return FAILURE.test(state) ? 'failed' : 'unclear';
}

/** The steps that say neither `Success` nor `NA`. */
export function unfinishedSteps(steps: readonly Step[]): readonly Step[] {
  return steps.filter((step) => ['failed', 'unclear'].includes(outcomeOf(step)));
}

function textOf(state: unknown): string {
  return typeof state === 'string' ? state : (JSON.stringify(state) ?? '');
}
