import type { StatusDraft } from '../operation/status.ts';
import { endOfAnswer } from './end-of-answer.ts';
import { endOfItems } from './end-of-items.ts';
import type { MailboxRestoreResult } from './mailbox-restore-result.ts';
import type { RestoreFacts } from './restore-facts.ts';

/** The end of a restore by its answer, in the words of its workload (VM-14). Undefined if it is not understood. */
export function endOfRestore(body: unknown, facts: RestoreFacts): StatusDraft<MailboxRestoreResult> | undefined {
  return facts.workload === undefined ? endOfAnswer(body, facts) : endOfItems(body, facts);
}
