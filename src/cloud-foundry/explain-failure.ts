import type { Failure } from '../operation/status.ts';
import { isObject } from '../protocols/poll-response.ts';
import { toJobErrors } from './job-errors.ts';
import type { Witness } from './read-instance.ts';

const ADVICE = 'Do not restore again before its last operation has ended (`cf service NAME`).';
/** Codes of a job that failed because the Cloud Controller stopped waiting for the broker. */
const TIMEOUT: readonly unknown[] = ['CF-JobTimeout', '290006'];

/**
 * Adds the state of the service instance to the failure of a job, because FAILED does not prove that the broker has
 * stopped (CF-26).
 */
export function explainFailure(failure: Failure, witness: Witness): Failure {
  const said = explanation(failure, witness);
  return said === undefined ? failure : { ...failure, message: `${failure.message} ${said}` };
}

function explanation({ details }: Failure, witness: Witness): string | undefined {
  const errors = toJobErrors(isObject(details) ? details.errors : undefined);
  const isTimeout = errors.some(({ title, code }) => TIMEOUT.includes(title) || TIMEOUT.includes(code));
  if (witness.outcome === 'read') {
    const { state, description } = witness.last;
    if (state === 'in progress' || state === 'initial') {
      return `The last operation of the instance is still '${state}': the broker may still be working. ${ADVICE}`;
    }
    if (isTimeout) {
      return `The Cloud Controller stopped waiting for the broker. Since then the last operation of the instance has ended as '${state}'${description === undefined ? '' : ` (${description})`}. Check its data before anyone restores again.`;
    }
    // A last operation that has succeeded belongs to somebody else and does not explain the failure.
    const explains = errors.length === 0 && state !== 'succeeded' && description !== undefined;
    return explains ? `The last operation of the instance says: ${description}` : undefined;
  }
  if (!isTimeout) return undefined;
  const why = witness.outcome === 'older' ? 'does not show it' : 'could not be read';
  return `The Cloud Controller stopped waiting, and the broker may still be working; the instance ${why}. ${ADVICE}`;
}
