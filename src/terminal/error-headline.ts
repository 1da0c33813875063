import { AccessLostError } from '../errors/access-lost-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { cleanText } from './clean-text.ts';
import type { LineState } from './line-view.ts';

/** An error as the end of a line: how it ended, as far as the error knows, and why, on one line. */
export function errorHeadline(error: unknown): { readonly state: LineState; readonly text: string } {
  const text = error instanceof Error ? cleanText(error.message) : cleanText(String(error));
  if (OperationFailedError.isInstance(error)) return { state: error.state, text: cleanText(error.failure.message) };
  if (PartialRestoreError.isInstance(error)) return { state: 'partial', text: 'not all of it was restored' };
  if (OutcomeUnknownError.isInstance(error)) return { state: 'unknown', text: whyUnknown(error) };
  if (
    (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) &&
    error.started === 'yes'
  ) {
    return { state: 'unknown', text: 'started, and cannot be followed' };
  }
  return { state: 'failed', text };
}

function whyUnknown(error: OutcomeUnknownError): string {
  if (StartOutcomeUnknownError.isInstance(error)) return 'the answer of the start was lost';
  if (WaitTimeoutError.isInstance(error)) return 'our deadline is over, the restore goes on';
  if (WaitAbortedError.isInstance(error)) return 'no longer watched, the restore goes on';
  if (AccessLostError.isInstance(error)) return 'we may no longer poll';
  if (OutageError.isInstance(error))
    return error.reason === 'gone' ? 'the vendor has no record of it' : 'out of sight for too long';
  return cleanText(error.message);
}
