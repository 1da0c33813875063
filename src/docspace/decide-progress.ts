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

/** The pause before the next poll, if the restore has ended but it is not clear yet how. */
const POLL_AGAIN_MS = 5_000;
/** After so many of these polls, the restore has ended without a verdict. */
const MOST_POLLS_OF_END = 12;

/**
 * Decides by the progress record of the restore `taskId`. `isCompleted` is the end. Then an `error` means failed,
 * `status` 3 means canceled, and 100 % without an error means succeeded, unless `status` is 4 (DS-3, DS-4, DS-5). The
 * server writes `status` after `isCompleted`. So an end below 100 % without a final status is read once more in the
 * same poll. It is reported only if the portal is active again, and at the next poll if the status still lags. The
 * record of another restore is ignored (DS-7).
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
    if (pollsOfEnd >= MOST_POLLS_OF_END) throw withoutVerdict(own, 'and the portal is not active.');
    return {
      state: 'running',
      ...omitUndefined({ percent: own.percent }),
      message: `${describeEnd(own)} It is polled again before this is reported.`,
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

/** Whether one answer is enough to decide. */
function isSettled({ isCompleted, percent, error, status }: RestoreProgress): boolean {
  if (!isCompleted || error || status === 'canceled' || status === 'failed') return true;
  return percent === 100 || (percent !== undefined && status === 'completed');
}

/**
 * The end after a second read, if the portal is active again. Below 100 % it is a failure; without a percentage it is
 * not known.
 */
function endOfUnsettled<Result>(progress: RestoreProgress, body: JsonObject): StatusDraft<Result> {
  const { percent } = progress;
  if (percent === undefined)
    throw withoutVerdict(progress, 'and there is no percentage that shows whether it was complete.');
  const message = `${describeEnd(progress)} The portal is active, but it does not show whether it failed or was stopped.`;
  return { state: 'failed', percent, failure: { message, details: body }, warnings: [], raw: body };
}

function describeEnd({ percent, status }: RestoreProgress): string {
  return `It ended at ${percent ?? '?'} % and gave no reason (status: ${status ?? 'none'}).`;
}

function withoutVerdict(progress: RestoreProgress, why: string): OutcomeUnknownError {
  return new OutcomeUnknownError(`${describeEnd(progress)} This does not change, ${why}`, {
    started: 'yes',
    reason: 'ended-without-verdict',
    advice: 'It has ended. Check the portal, because the API does not show how it ended.',
  });
}
