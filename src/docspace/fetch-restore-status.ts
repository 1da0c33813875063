import type { Subject } from '../client/operation-kind.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { FetchStatus } from '../protocols/poll-response.ts';
import { explainUnseen } from './explain-unseen.ts';
import type { RestoreFacts } from './facts.ts';
import { dumpsToAsk, pollProgress } from './poll-progress.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';

/** A new restore is visible after this time. After it, a missing record is not explained by a slow start. */
const VISIBLE_WITHIN_MS = 60_000;

/** Reads the progress of one restore. If the portal shows another restore or none, the poll fails (DS-6, DS-7). */
export function fetchRestoreStatus({ system, id, startedAt, facts }: Subject<RestoreFacts>): FetchStatus {
  let wasSeen = false;
  let { dump } = facts;
  return async (options) => {
    let other: RestoreProgress | undefined;
    for (const asked of dumpsToAsk(dump)) {
      const response = await pollProgress(system, asked, options);
      const progress = readProgress(response.body);
      if (isSameTask(progress?.taskId, id)) {
        wasSeen = true;
        dump = asked;
        return response;
      }
      other ??= progress;
    }
    const isOverdue = wasSeen || system.clock.now() - startedAt.getTime() >= VISIBLE_WITHIN_MS;
    const reason = await explainUnseen(system, { id, progress: other, wasSeen, isOverdue }, options);
    throw new UnexpectedResponseError(reason, { status: 200 });
  };
}
