import type { OperationHandle } from 'restorekit';
import {
  OperationFailedError,
  OutcomeUnknownError,
  PartialRestoreError,
  RestoreKitError,
  UnexpectedResponseError,
  UntrustedLocationError,
} from 'restorekit/errors';
import type { Target } from './targets.ts';

/** How a restore ended: the state that the vendor reported, 'unknown' if it is not known, or 'not-started'. */
export type DrillState = 'succeeded' | 'partial' | 'failed' | 'canceled' | 'unknown' | 'not-started';

/** The outcome for one target. */
export interface DrillOutcome {
  readonly target: Target;
  readonly kind: string | undefined;
  readonly state: DrillState;
  readonly elapsedMs: number;
  readonly polls: number;
  /** undefined if the wait did not report it. */
  readonly unreachableMs: number | undefined;
  /** The time of the restored data, if it is known. */
  readonly dataAsOf?: Date | undefined;
  /** The requested time, if the vendor does not report which backup it chose. */
  readonly requestedTime?: Date | undefined;
  readonly handle: OperationHandle | undefined;
  readonly warnings: readonly string[];
  readonly aftermath: readonly string[];
  readonly error?: unknown;
}

/** The state of the restore according to an error. */
export function stateOf(error: unknown, hasStarted: boolean): DrillState {
  if (OperationFailedError.isInstance(error)) return error.state;
  if (PartialRestoreError.isInstance(error)) return 'partial';
  if (OutcomeUnknownError.isInstance(error)) return 'unknown';
  if (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) {
    return error.started === 'yes' || hasStarted ? 'unknown' : 'not-started';
  }
  return hasStarted || !RestoreKitError.isInstance(error) ? 'unknown' : 'not-started';
}

/** The form of `--json`. It has an `error` only if something went wrong. */
export function toEntry(outcome: DrillOutcome): Record<string, unknown> {
  const { target, kind, state, elapsedMs, polls, unreachableMs, dataAsOf, handle, error } = outcome;
  return {
    system: target.system,
    kind: kind ?? null,
    state,
    elapsedMs,
    polls,
    unreachableMs: unreachableMs ?? null,
    dataAsOf: dataAsOf?.toISOString() ?? null,
    handle: handle ?? null,
    ...(error === undefined ? {} : { error: toPlain(error) }),
  };
}

function toPlain(error: unknown): unknown {
  if (RestoreKitError.isInstance(error)) return error.toJSON();
  return error instanceof Error ? { name: error.name, message: error.message } : { message: String(error) };
}
