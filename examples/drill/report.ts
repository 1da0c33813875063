import { WaitAbortedError } from 'restorekit/errors';
import { describeError, formatDuration } from 'restorekit/terminal';
import { type DrillOutcome, type DrillState, toEntry } from './outcome.ts';
import { formatTable } from './table.ts';

const HEADINGS = ['SYSTEM', 'HOW IT ENDED', 'ELAPSED', 'POLLS', 'NOT REACHABLE', 'DATA AS OF'];

const WORDS: Readonly<Record<DrillState, string>> = {
  succeeded: 'succeeded',
  partial: 'partial',
  failed: 'FAILED',
  canceled: 'CANCELED',
  unknown: 'NOT KNOWN',
  'not-started': 'not started',
};

/** The outcomes, one line per restore. */
export function toTable(outcomes: readonly DrillOutcome[]): string {
  return formatTable(
    HEADINGS,
    outcomes.map((outcome) => [
      outcome.target.label,
      WORDS[outcome.state],
      formatDuration(outcome.elapsedMs),
      String(outcome.polls),
      outcome.unreachableMs === undefined ? '-' : formatDuration(outcome.unreachableMs),
      asOf(outcome),
    ]),
  );
}

/** Explains the errors for people. An aborted wait is not explained to the person who aborted it. */
export function toExplanations(outcomes: readonly DrillOutcome[]): readonly string[] {
  return outcomes
    .filter(({ error }) => error !== undefined && !WaitAbortedError.isInstance(error))
    .map(({ target, error }) => `${target.label}\n${indent(describeError(error))}`);
}

/** What the restores have changed for the users of the systems. */
export function toAftermath(outcomes: readonly DrillOutcome[]): readonly string[] {
  return outcomes
    .filter(({ warnings, aftermath }) => warnings.length + aftermath.length > 0)
    .map(({ target, warnings, aftermath }) => {
      const lines = [...warnings.map((warning) => `warning: ${warning}`), ...aftermath];
      return `${target.label}\n${indent(lines.join('\n'))}`;
    });
}

/** The document of `--json`. */
export function toDocument(outcomes: readonly DrillOutcome[]): string {
  return `${JSON.stringify({ drill: outcomes.map(toEntry) }, null, 2)}\n`;
}

function asOf({ state, dataAsOf, requestedTime }: DrillOutcome): string {
  if (state !== 'succeeded' && state !== 'partial') return '-';
  if (dataAsOf) return toMinutes(dataAsOf);
  return requestedTime ? `the last backup before ${toMinutes(requestedTime)}` : 'not told';
}

function toMinutes(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
