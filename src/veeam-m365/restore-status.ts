import type { StatusDraft, Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { SessionRestoreResult } from './restore-result.ts';

/** How a restore can end. */
export type EndState = 'succeeded' | 'partial' | 'failed';

/** How many texts of errors stand in one message. A restore may have thousands. */
const MOST_TEXTS = 3;

/** The fields that the result of every restore has. */
export function resultOf({
  dateTime,
}: {
  readonly dateTime?: string | undefined;
}): Pick<SessionRestoreResult, 'aftermath' | 'requestedDateTime'> {
  return {
    ...omitUndefined({ requestedDateTime: dateTime === undefined ? undefined : new Date(dateTime) }),
    aftermath: ['The session is open until it is stopped, and uses resources of the server.'],
  };
}

/** Makes the status of a restore that has ended. */
export function statusOf<Result extends SessionRestoreResult>(end: {
  readonly state: EndState;
  readonly result: Result;
  readonly warnings: readonly Warning[];
  readonly raw: unknown;
}): StatusDraft<Result> {
  const { state, result, warnings, raw } = end;
  const message = result.errors.slice(0, MOST_TEXTS).join(' ');
  switch (state) {
    case 'succeeded':
      return { state, result, warnings, raw };
    case 'partial':
      return {
        state,
        result,
        warnings,
        raw,
        message: message || warnings[0]?.message || 'Some items were not restored.',
      };
    case 'failed': {
      const failure = { message: message || countsOf(result), code: 'restore-failed', details: result };
      return { state, failure, warnings, raw };
    }
  }
}

function countsOf({
  failed = 0,
  failedFolders = 0,
}: SessionRestoreResult & { readonly failedFolders?: number }): string {
  const counts = [failed > 0 && `${failed} items`, failedFolders > 0 && `${failedFolders} folders`].filter(Boolean);
  return counts.length === 0
    ? 'Nothing was restored. The server gave no reason.'
    : `Nothing was restored: ${counts.join(' and ')} failed.`;
}
