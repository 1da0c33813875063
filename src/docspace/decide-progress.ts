import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { StatusDraft } from '../operation/status.ts';
import type { FetchStatus } from '../protocols/poll-response.ts';
import { type ProgressRecord, progressProtocol } from '../protocols/progress.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';

/**
 * One poll of the restore `taskId`. `isCompleted` is the end; then an `error` is a failure, `status` 3 a cancellation,
 * and only 100 % without an error a success, which `status` 4 vetoes. No other status means anything (DS-3, DS-4, DS-5).
 * The record of another restore says nothing about ours (DS-7).
 */
export function decideProgress<Result>(
  fetchStatus: FetchStatus,
  taskId: string,
  result: () => Result,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return progressProtocol({
    fetchStatus,
    read: (body) => {
      const progress = readProgress(body);
      return progress && isSameTask(progress.taskId, taskId) ? toRecord(progress) : undefined;
    },
    result,
  });
}

function toRecord(progress: RestoreProgress): ProgressRecord {
  const { isCompleted, percent, error, warning, status } = progress;
  const isCanceled = status === 'canceled';
  const isFailed = status === 'failed';
  if (isCompleted && percent === undefined && !error && !isCanceled && !isFailed) {
    throw new UnexpectedResponseError('The restore has ended, and no percentage tells whether it went to its end.', {
      status: 200,
      issues: ['progress is not a number from 0 to 100'],
    });
  }
  return { isCompleted, percent, error, isCanceled, isFailed, warnings: warning ? [{ message: warning }] : [] };
}
