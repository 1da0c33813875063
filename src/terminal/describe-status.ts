import type { OperationStatus, Step } from '../operation/status.ts';
import { cleanText } from './clean-text.ts';
import { formatDuration } from './format-duration.ts';

/** Words for a step that has not begun. Vendors list all steps in advance, or each one when it begins. */
const NOT_BEGUN = /^(not[ _-]?started|pending|queued|scheduled|waiting|new|none|)$/i;

/** The step that has begun last, counted from 1. */
export function currentStep(steps: readonly Step[]): { readonly number: number; readonly step: Step } | undefined {
  const index = steps.findLastIndex(({ state }) => !NOT_BEGUN.test(state.trim()));
  const step = steps[Math.max(0, index)];
  return step && { number: Math.max(0, index) + 1, step };
}

/**
 * A running operation in a few words: steps, else the vendor's message. `of` tells how many steps there are, where that
 * was seen: a vendor that lists only what has begun is not taken at its word.
 */
export function describeRunning(status: OperationStatus<unknown>, of: number | undefined): string {
  const message = status.message === undefined ? '' : cleanText(status.message);
  const current = currentStep(status.steps);
  if (!current) return message;
  const count = of === undefined ? `step ${current.number}` : `step ${current.number} of ${of}`;
  const name = cleanText(current.step.name);
  const state = cleanText(current.step.state);
  return `${count}: ${name}${state === '' ? '' : ` (${state})`}`;
}

/** How an end is told when the caller says nothing more. */
export function describeEnd(result: {
  readonly state: string;
  readonly message?: string;
  readonly warnings: readonly unknown[];
  readonly unreachableMs: number;
}): string {
  const { state, message = '', warnings, unreachableMs } = result;
  const parts = [
    // Of a success the vendor's word says nothing more.
    state === 'succeeded' ? '' : cleanText(message),
    warnings.length === 0 ? '' : `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
    unreachableMs === 0 ? '' : `was not reachable for ${formatDuration(unreachableMs)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
