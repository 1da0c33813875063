import type { Subject } from '../client/operation-kind.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { FetchStatus } from '../protocols/poll-response.ts';
import { explainUnseen } from './explain-unseen.ts';
import type { RestoreFacts } from './facts.ts';
import { pollProgress } from './poll-progress.ts';
import { isSameTask, readProgress } from './progress-record.ts';

/** After that, a record that is not there is no longer one that is not there yet. */
const VISIBLE_WITHIN_MS = 60_000;

/** Reads the progress of one restore. What the portal tells of another one, or of none, is not seen (DS-6, DS-7). */
export function fetchRestoreStatus({ system, id, startedAt, facts }: Subject<RestoreFacts>): FetchStatus {
  let wasSeen = false;
  return async (options) => {
    const response = await pollProgress(system, facts.dump, options);
    const progress = readProgress(response.body);
    if (!isSameTask(progress?.taskId, id)) {
      const isOverdue = wasSeen || system.clock.now() - startedAt.getTime() >= VISIBLE_WITHIN_MS;
      const reason = await explainUnseen(system, { id, progress, wasSeen, isOverdue }, options);
      throw new UnexpectedResponseError(reason, { status: response.status });
    }
    wasSeen = true;
    return response;
  };
}
