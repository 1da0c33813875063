import type { StatusDraft } from '../operation/status.ts';
import type { FetchStatus, JsonObject } from '../protocols/poll-response.ts';
import { textOf } from '../protocols/poll-response.ts';
import { type SessionOutcome, sessionProtocol } from '../protocols/session.ts';
import { hasStopped } from './session-info.ts';

/**
 * One poll of a session. It ends with the word `Stopped` and no other, by a stop, by the server's own expiry or by a
 * kill, which of them is not told (VM-17); until then `result` is `Success` and means nothing (VM-2), and `endTime` is
 * made up (VM-3).
 * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_sessions_id.html
 */
export function pollSession<Result>(
  fetchStatus: FetchStatus,
  result: () => Result,
): (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<Result>> {
  return sessionProtocol({
    fetchStatus,
    ended: 'Stopped',
    alive: ['Working', 'Starting', 'Stopping'],
    outcome: (body) => outcomeOf(body, result),
    warnings: (body) => {
      const details = textOf(body.details);
      return details && hasStopped(textOf(body.state) ?? '') ? [{ message: details }] : [];
    },
  });
}

/** Whether a session can be browsed and restored from. */
export function isWorking(body: unknown): boolean {
  const state: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, 'state') : undefined;
  return textOf(state)?.toLowerCase() === 'working';
}

function outcomeOf<Result>(body: JsonObject, result: () => Result): SessionOutcome<Result> | undefined {
  switch (textOf(body.result)?.toLowerCase()) {
    case 'success':
      return { state: 'succeeded', result: result() };
    case 'warning':
      return { state: 'partial', result: result() };
    case 'failed': {
      const message = textOf(body.details) ?? 'The session ended as Failed and gave no reason.';
      return { state: 'failed', failure: { message, code: 'Failed', details: body } };
    }
    default:
      return undefined;
  }
}
