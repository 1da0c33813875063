import type { OperationStatus, Step } from '../operation/status.ts';
import { cleanText } from './clean-text.ts';
import { formatDuration } from './format-duration.ts';

/**
 * States of a step that has not begun. Some vendors list all steps in advance, others list each step when it begins.
 */
const NOT_BEGUN = /^(not[ _-]?started|pending|queued|scheduled|waiting|new|none|)$/i;
const LONGEST_STATE = 100;
/** If a list has more steps than this, only their number is shown. */
const MOST_STEPS = 1_000;
/** The most characters of a text of the vendor on a line. */
export const MOST_ON_A_LINE = 500;

/** The last step that has begun. Its number starts at 1. */
export function currentStep(steps: readonly Step[]): { readonly number: number; readonly step: Step } | undefined {
  if (steps.length > MOST_STEPS) return undefined;
  const index = steps.findLastIndex(({ state }) => state.length > LONGEST_STATE || !NOT_BEGUN.test(state.trim()));
  const step = steps[Math.max(0, index)];
  return step && { number: Math.max(0, index) + 1, step };
}

/**
 * Describes a running operation in a few words: its steps, otherwise the vendor's message. `of` is the number of steps,
 * if it is known. It is not known if the vendor lists only the steps that have begun.
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

/** Describes a terminal status, for a line that stays open after it. */
export function describeTerminal(status: OperationStatus<unknown>): string {
  const reason = 'failure' in status ? status.failure?.message : status.message;
  const why = status.state === 'succeeded' || reason === undefined ? '' : cleanText(reason, MOST_ON_A_LINE);
  return `ended: ${status.state}${why === '' ? '' : `, ${why}`}`;
}

/** A percentage from 0 to 100; undefined for any other value. */
export function shownPercent(percent: number | undefined): number | undefined {
  return percent === undefined || !Number.isFinite(percent) ? undefined : Math.min(100, Math.max(0, percent));
}

/** Describes an end, if the caller passes no text. */
export function describeEnd(result: {
  readonly state: string;
  readonly message?: string;
  readonly warnings: readonly unknown[];
  readonly unreachableMs: number;
}): string {
  const { state, message = '', warnings, unreachableMs } = result;
  const parts = [
    // For a success, the vendor's message adds nothing.
    state === 'succeeded' ? '' : cleanText(message, MOST_ON_A_LINE),
    warnings.length === 0 ? '' : `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`,
    unreachableMs === 0 ? '' : `was not reachable for ${formatDuration(unreachableMs)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}
