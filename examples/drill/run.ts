import type { Operation, OperationHandle, RestoreResult, WaitOptions } from 'restorekit';
import { OperationFailedError, OutcomeUnknownError } from 'restorekit/errors';
import { systemClock } from 'restorekit/operation';
import type { ProgressDisplay } from 'restorekit/terminal';
import { type DrillOutcome, stateOf } from './outcome.ts';
import { restore } from './restore.ts';
import type { Target } from './targets.ts';

export interface DrillRun {
  readonly display: ProgressDisplay;
  readonly signal: AbortSignal;
  readonly wait: WaitOptions;
}

/** Runs all restores side by side. Never rejects. Returns one outcome per target, in their order. */
export function runDrill(targets: readonly Target[], run: DrillRun): Promise<DrillOutcome[]> {
  return Promise.all(targets.map((target) => runOne(target, run)));
}

async function runOne(target: Target, { display, signal, wait }: DrillRun): Promise<DrillOutcome> {
  const line = display.track(target.label);
  const began = systemClock.now();
  let operation: Operation<RestoreResult> | undefined;
  let polls = 0;
  const onProgress = () => {
    polls += 1;
  };
  const started = (begun: Operation<RestoreResult>) => {
    operation = begun;
  };
  try {
    const ended = await restore(target, { line, signal, wait: { ...wait, onProgress }, started });
    if (ended.state === 'partial') line.partial(ended.counted ?? ended.warnings[0]);
    else line.succeed(ended.counted);
    return { ...ended, target, kind: operation?.kind, handle: operation?.toJSON() };
  } catch (error) {
    line.fail(error);
    return { ...measuresOf(error, systemClock.now() - began, polls), ...factsOf(target, operation, error), error };
  }
}

function factsOf(target: Target, operation: Operation<RestoreResult> | undefined, error: unknown) {
  const handle: OperationHandle | undefined = operation?.toJSON();
  const state = stateOf(error, operation !== undefined);
  return { target, kind: operation?.kind, state, handle, warnings: [], aftermath: [] };
}

/** What was measured before the error, as far as the error has it. `polls` counts the good polls. */
function measuresOf(error: unknown, elapsedMs: number, seenPolls: number) {
  if (OperationFailedError.isInstance(error)) {
    const { polls, unreachableMs } = error.wait;
    return { elapsedMs: error.wait.elapsedMs, polls, unreachableMs };
  }
  const observed = OutcomeUnknownError.isInstance(error) ? Object.values(error.observed) : [];
  const polls = Math.max(
    seenPolls,
    observed.reduce((sum, count) => sum + count, 0),
  );
  return { elapsedMs, polls, unreachableMs: undefined };
}
