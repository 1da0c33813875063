import type { BlockingStart, OperationKind } from '../client/operation-kind.ts';
import { HandleError } from '../errors/handle-error.ts';
import { type Dialect, kindName } from './dialect.ts';
import { endOfAnswer } from './end-of-answer.ts';
import { FAILED_POLLS } from './failed-polls.ts';
import { followRestore } from './follow-restore.ts';
import { investigateRestore } from './investigate-restore.ts';
import type { MailboxRestoreResult } from './mailbox-restore-result.ts';
import { nameMailboxes } from './name-mailboxes.ts';
import { factsOfTarget, type RestoreFacts, RestoreFactsSchema, targetOf } from './restore-facts.ts';
import type { VeeamSystem } from './veeam-system.ts';

type Blocking = BlockingStart<RestoreFacts, MailboxRestoreResult, VeeamSystem>;

export type MailboxRestoreKind = OperationKind<RestoreFacts, MailboxRestoreResult, VeeamSystem> & {
  readonly blocking: Blocking;
};

const HOUR_MS = 3_600_000;

/**
 * A restore of mailboxes, of a version whose restore calls block until all is done (VM-11): up to v7. The server gives it
 * no id, so its status is the request in flight, and the events of its session after that.
 */
export function mailboxRestoreKind(dialect: Dialect): MailboxRestoreKind {
  return {
    kind: kindName(dialect, 'mailbox-restore'),
    facts: RestoreFactsSchema,
    statusRequest: ({ facts }) => dialect.listEvents(facts.sessionId, {}),
    checkHandle: ({ facts }) => {
      if (facts.mailboxes.length === 0) throw new HandleError('mailboxes', 'is empty; use the handle as it was saved.');
    },
    // Events name no request: `findRestoreEvents` decides which are its own.
    isOwn: () => true,
    decide: (_, subject) => followRestore(subject),
    blocking: {
      // A refusal comes as soon as any other answer of the API; a state is worth a poll each 5 s to 15 s.
      promptMs: 5_000,
      endOf: ({ body }, { facts }) => endOfAnswer(body, facts),
    },
    failedPolls: FAILED_POLLS,
    // Minutes to hours, and more than a day of a large mailbox; no limit is documented.
    timeoutMs: 48 * HOUR_MS,
    // The backup server itself is not what is being restored.
    outageToleranceMs: HOUR_MS / 2,
    timeoutAdvice: 'The events of its session tell whether it still runs.',
    overwrites: targetOf,
    factsOfTarget: (instance) => factsOfTarget(instance) ?? { sessionId: instance, mailboxes: [] },
    takeBaseline: async (system, facts, options) => {
      const mailboxes = await nameMailboxes(system, facts, options);
      const { serverAheadMs } = system.transport;
      return { mailboxes, ...(serverAheadMs === undefined ? {} : { serverAheadMs }) };
    },
    investigate: investigateRestore,
  };
}
