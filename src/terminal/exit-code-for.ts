import type { Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { OperationStatus } from '../operation/status.ts';
import type { ReadyResult, WaitResult } from '../operation/wait-result.ts';
import { exitCodeNameForError } from './exit-code-for-error.ts';
import { type ExitCodeName, exitCodes, worstOf } from './exit-codes.ts';

/** The outcome of one or several restores: values with which the calls of this package resolve. */
export type Outcome =
  | WaitResult<unknown>
  | ReadyResult
  | OperationStatus<unknown>
  | Reconciliation
  | PromiseSettledResult<WaitResult<unknown> | OperationStatus<unknown>>
  | readonly Outcome[];

/**
 * The exit code of an outcome or an error. It is 0 only if the restore has succeeded completely. A result with failed
 * items is partial (12), and a running restore is 29. Of several outcomes the worst decides; an unknown start is worse
 * than a failed restore. An empty list is 2. The code of an error is never 0, not even if undefined was thrown.
 *
 * @example
 * process.exitCode = exitCodeFor(await waitForAll(operations));
 */
export function exitCodeFor(outcome: Outcome): number;
export function exitCodeFor(error: unknown): number;
export function exitCodeFor(outcome: unknown): number {
  return exitCodes[nameFor(outcome, 0)];
}

/** How deep nested lists are checked. */
const DEEPEST = 8;

function nameFor(outcome: unknown, depth: number): ExitCodeName {
  if (typeof outcome !== 'object' || outcome === null || outcome instanceof Error) return exitCodeNameForError(outcome);
  if (depth > DEEPEST) return 'other';
  if (Array.isArray(outcome)) return worstOf(outcome.map((item) => nameFor(item, depth + 1))) ?? 'configuration';
  if ('status' in outcome && outcome.status === 'fulfilled' && 'value' in outcome) {
    return nameFor(outcome.value, depth + 1);
  }
  if ('status' in outcome && outcome.status === 'rejected' && 'reason' in outcome) {
    return exitCodeNameForError(outcome.reason);
  }
  if ('outcome' in outcome) return nameForReconciliation(outcome.outcome);
  if ('state' in outcome) return nameForState(outcome.state, outcome);
  return 'other';
}

function nameForReconciliation(outcome: unknown): ExitCodeName {
  if (outcome === 'started') return 'outcomeUnknown';
  if (outcome === 'not-started') return 'notStarted';
  return outcome === 'unknown' ? 'startOutcomeUnknown' : 'other';
}

function nameForState(state: unknown, outcome: object): ExitCodeName {
  switch (state) {
    case 'succeeded':
      return 'result' in outcome && listsFailures(outcome.result) ? 'partial' : 'succeeded';
    case 'partial':
    case 'failed':
    case 'canceled':
      return state;
    case 'running':
    case 'unreachable':
      return 'outcomeUnknown';
    default:
      return 'other';
  }
}

/**
 * Whether a result contains something that was not restored: under `failed`, `failedItems` and similar names a count
 * above 0 or a list that is not empty, or a list with an item that has failed.
 */
function listsFailures(result: unknown, depth = 0): boolean {
  if (typeof result !== 'object' || result === null) return false;
  return Object.entries(result).some(([name, value]) => {
    if (/^failed([A-Z]|$)/.test(name)) return isSome(value);
    return depth === 0 && Array.isArray(value) && value.some((item) => isFailed(item) || listsFailures(item, 1));
  });
}

function isFailed(item: unknown): boolean {
  if (typeof item !== 'object' || item === null || !('state' in item)) return false;
  return item.state === 'failed' || item.state === 'partial' || item.state === 'canceled';
}

function isSome(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value === true || (typeof value === 'number' && value !== 0);
}
