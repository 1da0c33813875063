import type { OperationStatus, Step } from '../operation/status.ts';
import { cleanText } from './clean-text.ts';
import { formatDuration } from './format-duration.ts';

/** Words for a step that has not begun. Vendors list all steps in advance, or each one when it begins. */
const NOT_BEGUN = /^(not[ _-]?started|pending|queued|scheduled|waiting|new|none|)$/i;
const LONGEST_STATE = 100;
/** A list with more steps than this is counted, and none of its steps is named. */
const MOST_STEPS = 1_000;
/** Characters of one text of the vendor on a line of progress. */
export const MOST_ON_A_LINE = 500;

/** The step that has begun last, counted from 1. */
export function currentStep(steps: readonly Step[]): { readonly number: number; readonly step: Step } | undefined {
  if (steps.length > MOST_STEPS) return undefined;
  const index = steps.findLastIndex(({ state }) => state.length > LONGEST_STATE || !NOT_BEGUN.test(state.trim()));
  const step = steps[Math.max(0, index)];
  return step && { number: Math.max(0, index) + 1, step };
}

/**
 * A running operation in a few words: steps, else the vendor's message. `of` tells how many steps there are, where that
 * was seen: a vendor that lists only what has begun is not taken at its word.
 */
export function describeRunning(status: OperationStatus<unknown>, of: number | undefined): string {
  const message = status.message === undefined ? '' : cleanText(status.message, MOST_ON_A_LINE);
  const current = currentStep(status.steps);
  if (!current) return message === '' && status.steps.length > 0 ? `${status.steps.length} steps` : message;
  const count = of === undefined ? `step ${current.number}` : `step ${current.number} of ${of}`;
  const name = cleanText(current.step.name, MOST_ON_A_LINE);
  const state = cleanText(current.step.state, MOST_ON_A_LINE);
  return `${count}: ${name}${state === '' ? '' : ` (${state})`}`;
}

/** A terminal status in words, for a line that stays open behind it. */
export function describeTerminal(status: OperationStatus<unknown>): string {
  const reason = 'failure' in status ? status.failure?.message : status.message;
  const why = status.state === 'succeeded' || reason === undefined ? '' : cleanText(reason, MOST_ON_A_LINE);
  return `ended: ${status.state}${why === '' ? '' : `, ${why}`}`;
}

/** A percentage as it may be shown: within 0 and 100, and a number. */
export function shownPercent(percent: number | undefined): number | undefined {
  return percent === undefined || !Number.isFinite(percent) ? undefined : Math.min(100, Math.max(0, percent));
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
    state === 'succeeded' ? '' : cleanText(message, MOST_ON_A_LINE),
    warnings.length === 0 ? '' : `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
    unreachableMs === 0 ? '' : `was not reachable for ${formatDuration(unreachableMs)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
