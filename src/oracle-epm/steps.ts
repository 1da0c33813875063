import type { Step } from '../operation/status.ts';
import { isObject } from '../protocols/poll-response.ts';

/**
 * `intermittentStatus` in order. Documented is an array of objects with one key each; several keys, none, null and an
 * absent array do no harm (OE-11). Labels are text for people, maybe localized, and decide nothing.
 */
export function toSteps(intermittentStatus: unknown): readonly Step[] {
  return [intermittentStatus]
    .flat()
    .filter(isObject)
    .flatMap((step) => Object.entries(step).map(([name, state]) => ({ name, state: textOf(state) })));
}

/** The words are open, and the one for a failed step is not known (OE-12). */
const DONE: readonly string[] = ['Success', 'NA'];

export function unfinishedSteps(intermittentStatus: unknown): readonly Step[] {
  return toSteps(intermittentStatus).filter(({ state }) => !DONE.includes(state));
}

function textOf(state: unknown): string {
  return typeof state === 'string' ? state : (JSON.stringify(state) ?? '');
}
