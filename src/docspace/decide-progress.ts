import { OutcomeUnknownError } from '../errors/outcome-unknown-error.ts';
import type { StatusDraft } from '../operation/status.ts';
import { type FetchStatus, fetchPollResponse, type JsonObject, type PollResponse } from '../protocols/poll-response.ts';
import { progressProtocol } from '../protocols/progress.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';
import { ACTIVE } from './settings.ts';

interface PollOptions {
  readonly signal?: AbortSignal;
}

export interface ProgressDecision<Result> {
  readonly fetchStatus: FetchStatus;
  readonly taskId: string;
  readonly result: (body: JsonObject) => Result;
  /** Reads the `tenantStatus` of the portal. */
  readonly tenantStatus: (options: PollOptions) => Promise<number | undefined>;
}

/** An end that does not say yet how is polled again after so long. */
const POLL_AGAIN_MS = 5_000;
/** So often, it has ended without a verdict. */
const MOST_POLLS_OF_END = 12;

/**
 * Decides by the progress of the restore `taskId`. `isCompleted` is the end; then an `error` is a failure, `status` 3 a
 * cancellation, and only 100 % without an error a success, which `status` 4 vetoes (DS-3, DS-4, DS-5). `status` is
 * written after `isCompleted`: below 100 %, an end whose status is not final is read once more in the same poll, told only
 * where the portal is active again, and not before the next poll where the status still lags. The record of another
 * restore says nothing about ours (DS-7).
 */
export function decideProgress<Result>({
  fetchStatus,
  taskId,
  result,
  tenantStatus,
}: ProgressDecision<Result>): (options: PollOptions) => Promise<StatusDraft<Result>> {
  let pollsOfEnd = 0;
  const read = async (options: PollOptions) => {
    const response = await fetchStatus(options);
    const { body, pollAfterMs = 0 } = await fetchPollResponse(async () => response, options);
    const progress = readProgress(body);
    return { response, body, pollAfterMs, own: isSameTask(progress?.taskId, taskId) ? progress : undefined };
  };
  return async (options) => {
    let seen = await read(options);
    let isActive = false;
    if (seen.own && !isSettled(seen.own)) {
      isActive = (await tenantStatus(options)) === ACTIVE;
      seen = await read(options);
    }
    const { response, body, pollAfterMs, own } = seen;
    if (!own || isSettled(own)) {
      pollsOfEnd = 0;
      return decideSettled(response, own, result)(options);
    }
    pollsOfEnd += 1;
    const mayChange = pollsOfEnd === 1 && (own.status === 'created' || own.status === 'running');
    if (isActive && !mayChange) return endOfUnsettled(own, body);
    if (pollsOfEnd >= MOST_POLLS_OF_END) throw withoutVerdict(own, 'and the portal is not active again.');
    return {
      state: 'running',
      ...omitUndefined({ percent: own.percent }),
      message: `${describeEnd(own)} It is polled again before that is told.`,
      warnings: [],
      pollAfterMs: Math.max(POLL_AGAIN_MS, pollAfterMs),
      raw: body,
    };
  };
}

function decideSettled<Result>(
  response: PollResponse,
  progress: RestoreProgress | undefined,
  result: (body: JsonObject) => Result,
) {
  return progressProtocol({
    fetchStatus: async () => response,
    read: () => {
      if (!progress) return undefined;
      const { isCompleted, percent, error, warning, status } = progress;
      const warnings = warning ? [{ message: warning }] : [];
      return {
        isCompleted,
        percent,
        error,
        isCanceled: status === 'canceled',
        isFailed: status === 'failed',
        warnings,
      };
    },
    result,
  });
}

/** Whether one answer is enough. */
function isSettled({ isCompleted, percent, error, status }: RestoreProgress): boolean {
  if (!isCompleted || error || status === 'canceled' || status === 'failed') return true;
  return percent === 100 || (percent !== undefined && status === 'completed');
}

/** Read twice, on a portal that is active again: below 100 % it is no success, and without a percentage it is nothing. */
function endOfUnsettled<Result>(progress: RestoreProgress, body: JsonObject): StatusDraft<Result> {
  const { percent } = progress;
  if (percent === undefined) throw withoutVerdict(progress, 'and no percentage tells whether it went to its end.');
  const message = `${describeEnd(progress)} The portal is active again; whether it failed or was stopped is not told.`;
  return { state: 'failed', percent, failure: { message, details: body }, warnings: [], raw: body };
}

function describeEnd({ percent, status }: RestoreProgress): string {
  return `It ended at ${percent ?? '?'} % and gave no reason (status: ${status ?? 'none'}).`;
}

function withoutVerdict(progress: RestoreProgress, why: string): OutcomeUnknownError {
  return new OutcomeUnknownError(`${describeEnd(progress)} It stays so, ${why}`, {
    started: 'yes',
    reason: 'ended-without-verdict',
    advice: 'It is over. Look at the portal: how it ended is not told by the API.',
  });
}
