import type { BlockingStart, OperationKind } from '../client/operation-kind.ts';
import { HandleError } from '../errors/handle-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { kindName } from './api-version.ts';
import type { Dialect } from './dialect.ts';
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
 * A restore of mailboxes in a version whose restore calls block until the restore has ended (VM-11): up to v7. The server
 * has no id for it, so its status is the request in flight. After a resume or a lost answer, it is the session's events.
 */
export function mailboxRestoreKind(dialect: Dialect): MailboxRestoreKind {
  return {
    kind: kindName(dialect, 'mailbox-restore'),
    facts: RestoreFactsSchema,
    statusRequest: ({ facts }) => dialect.listEvents(facts.sessionId, {}),
    checkHandle: ({ facts }) => {
      if (facts.mailboxes.length === 0) throw new HandleError('mailboxes', 'is empty; use the handle as it was saved.');
    },
    // `findRestoreEvents` decides which events belong to the restore.
    isOwn: () => true,
    decide: (_, subject) => followRestore(subject),
    blocking: {
      // The API refuses a request as fast as it answers a read. The operation should exist, and be saved, soon.
      promptMs: 5_000,
      // Firewalls drop connections that are idle for some minutes, often without notice.
      verifyAfterMs: 10 * 60_000,
      endOf: ({ body }, { facts }) => endOfAnswer(body, facts),
    },
    failedPolls: FAILED_POLLS,
    // A large mailbox may take more than a day. No limit is documented.
    timeoutMs: 48 * HOUR_MS,
    // The backup server itself is not what is being restored.
    outageToleranceMs: HOUR_MS / 2,
    timeoutAdvice: 'Read the events of its session to see whether it still runs.',
    overwrites: targetOf,
    factsOfTarget: (instance) => factsOfTarget(instance) ?? { sessionId: instance, mailboxes: [] },
    takeBaseline: async (system, facts, options) => {
      const mailboxes = await nameMailboxes(system, facts, options);
      const { serverAheadMs } = system.transport;
      return { mailboxes, ...omitUndefined({ serverAheadMs }) };
    },
    investigate: investigateRestore,
  };
}
