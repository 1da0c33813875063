import { AccessLostError } from '../errors/access-lost-error.ts';
import { OperationFailedError } from '../errors/operation-failed-error.ts';
import { OutageError } from '../errors/outage-error.ts';
import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import { PartialRestoreError } from '../errors/partial-restore-error.ts';
import { RestoreKitError } from '../errors/restore-kit-error.ts';
import { StartOutcomeUnknownError } from '../errors/start-outcome-unknown-error.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { UntrustedLocationError } from '../errors/untrusted-location-error.ts';
import { WaitAbortedError } from '../errors/wait-aborted-error.ts';
import { WaitTimeoutError } from '../errors/wait-timeout-error.ts';
import { cleanText } from './clean-text.ts';
import { MOST_ON_A_LINE } from './describe-status.ts';
import type { LineState } from './line-view.ts';
import { thrownText } from './thrown-text.ts';

/** The text of an error for the end of a line: how the restore ended, as far as the error knows, and why. */
export function errorHeadline(error: unknown): { readonly state: LineState; readonly text: string } {
  const text = cleanText(error instanceof Error ? error.message : thrownText(error), MOST_ON_A_LINE);
  if (OperationFailedError.isInstance(error))
    return { state: error.state, text: cleanText(error.failure.message, MOST_ON_A_LINE) };
  if (PartialRestoreError.isInstance(error)) return { state: 'partial', text: 'not everything was restored' };
  if (OutcomeUnknownError.isInstance(error)) return { state: 'unknown', text: whyUnknown(error) };
  if (UnexpectedResponseError.isInstance(error) || UntrustedLocationError.isInstance(error)) {
    if (error.started === 'yes') return { state: 'unknown', text: 'started, but it cannot be followed' };
  }
  if (RestoreKitError.isInstance(error) && error.started !== 'no') return { state: 'unknown', text };
  return { state: 'failed', text };
}

function whyUnknown(error: OutcomeUnknownError): string {
  if (StartOutcomeUnknownError.isInstance(error)) return 'it is not known whether it was started';
  if (WaitTimeoutError.isInstance(error)) return 'the wait reached its deadline';
  if (WaitAbortedError.isInstance(error)) return 'no longer watched';
  if (AccessLostError.isInstance(error)) return 'access was lost';
  if (OutageError.isInstance(error)) {
    return error.reason === 'gone' ? 'the vendor has no record of it' : 'not reachable for too long';
  }
  return cleanText(error.message, MOST_ON_A_LINE);
}
