import type { StatusDraft, Warning } from '../operation/status.ts';
import type { MailboxOutcome, MailboxRestoreResult } from './mailbox-restore-result.ts';
import type { RestoreFacts } from './restore-facts.ts';

/** Texts of errors in one message; a restore may have thousands. */
const MOST_TEXTS = 3;

/** What every end of a restore tells. */
export function resultOf({ dateTime }: RestoreFacts): Pick<MailboxRestoreResult, 'aftermath' | 'requestedDateTime'> {
  return {
    ...(dateTime === undefined ? {} : { requestedDateTime: new Date(dateTime) }),
    aftermath: ['The session is still there unless somebody has stopped it: it holds resources of the server.'],
  };
}

/** The end of a restore as a status. */
export function statusOf(end: {
  readonly state: MailboxOutcome['state'];
  readonly result: MailboxRestoreResult;
  readonly warnings: readonly Warning[];
  readonly raw: unknown;
}): StatusDraft<MailboxRestoreResult> {
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

function countsOf({ failed = 0, failedFolders = 0 }: MailboxRestoreResult): string {
  const counts = [failed > 0 && `${failed} items`, failedFolders > 0 && `${failedFolders} folders`].filter(Boolean);
  return counts.length === 0
    ? 'Nothing was restored, and no reason was told.'
    : `Nothing was restored: ${counts.join(' and ')} failed.`;
}
