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

/** Runs all restores side by side. Never rejects: each has its outcome, in the order of the targets. */
export function runDrill(targets: readonly Target[], run: DrillRun): Promise<DrillOutcome[]> {
  return Promise.all(targets.map((target) => runOne(target, run)));
}

async function runOne(target: Target, { display, signal, wait }: DrillRun): Promise<DrillOutcome> {
  const line = display.track(target.label);
  const began = systemClock.now();
  let operation: Operation<RestoreResult> | undefined;
  const started = (begun: Operation<RestoreResult>) => {
    operation = begun;
  };
  try {
    const ended = await restore(target, { line, signal, wait, started });
    if (ended.state === 'partial') line.partial(ended.counted ?? ended.warnings[0]);
    else line.succeed(ended.counted);
    return { ...ended, target, kind: operation?.kind, handle: operation?.toJSON() };
  } catch (error) {
    line.fail(error);
    return { ...measuresOf(error, systemClock.now() - began), ...factsOf(target, operation, error), error };
  }
}

function factsOf(target: Target, operation: Operation<RestoreResult> | undefined, error: unknown) {
  const handle: OperationHandle | undefined = operation?.toJSON();
  const state = stateOf(error, operation !== undefined);
  return { target, kind: operation?.kind, state, handle, warnings: [], aftermath: [] };
}

/** What the wait measured before it ended badly, as far as its error tells. */
function measuresOf(error: unknown, elapsedMs: number) {
  if (OperationFailedError.isInstance(error)) return error.wait;
  const looks = OutcomeUnknownError.isInstance(error) ? Object.values(error.observed) : [];
  return { elapsedMs, polls: looks.reduce((sum, count) => sum + count, 0), unreachableMs: undefined };
}
