import type { BlockingStart, OperationKind } from '../client/operation-kind.ts';
import { HandleError } from '../errors/handle-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type ApiVersion, isSince, kindName } from './api-version.ts';
import type { Dialect } from './dialect.ts';
import { endOfRestore } from './end-of-restore.ts';
import { FAILED_POLLS } from './failed-polls.ts';
import { followRestore } from './follow-restore.ts';
import { investigateRestore } from './investigate-restore.ts';
import type { MailboxRestoreResult } from './mailbox-restore-result.ts';
import { nameMailboxes } from './name-mailboxes.ts';
import {
  factsOfTarget,
  hasOwnSession,
  inOwnSession,
  type RestoreFacts,
  RestoreFactsSchema,
  restoreSessionOf,
  targetOf,
} from './restore-facts.ts';
import type { VeeamSystem } from './veeam-system.ts';
import type { Workload } from './workload.ts';

type Blocking = BlockingStart<RestoreFacts, MailboxRestoreResult, VeeamSystem>;

export type MailboxRestoreKind = OperationKind<RestoreFacts, MailboxRestoreResult, VeeamSystem> & {
  readonly blocking: Blocking;
};

const HOUR_MS = 3_600_000;

/**
 * A restore of one workload. Since v8 the answer names the session that it runs in, and that session is polled (VM-15). Up to v7
 * the call blocks until the restore has ended (VM-11), and the server has no id for it, so its status is the request in
 * flight; after a resume or a lost answer, it is the session's events.
 * @param version the version that has started it
 */
export function restoreKind(
  dialect: Dialect,
  workload: Workload,
  version: ApiVersion = dialect.version,
): MailboxRestoreKind {
  // A handle of a version that blocks has no session of its own, whatever version polls it.
  const restoresBlock = !isSince(version, 'v8');
  return {
    kind: kindName({ version }, `${workload}-restore`),
    facts: RestoreFactsSchema,
    statusRequest: ({ id, facts }) =>
      hasOwnSession({ id, facts }) ? dialect.getSession(id) : dialect.listEvents(facts.sessionId, {}),
    checkHandle: ({ id, facts }) => {
      if (hasOwnSession({ id, facts })) return;
      if (facts.mailboxes.length === 0) throw new HandleError('mailboxes', 'is empty; use the handle as it was saved.');
    },
    // `findRestoreEvents` decides which events belong to the restore.
    isOwn: () => true,
    decide: (_, subject) => followRestore(subject, { restoresBlock }),
    blocking: {
      // The API refuses a request as fast as it answers a read. The operation should exist, and be saved, soon. Since v8 the
      // answer is the id of the restore, and there is nothing to save before it.
      promptMs: restoresBlock ? 5_000 : 300_000,
      // Firewalls drop connections that are idle for some minutes, often without notice.
      verifyAfterMs: 10 * 60_000,
      endOf: ({ body }, { facts }) => endOfRestore(body, facts),
      // The form of the answer decides, not the version (VM-15).
      acceptedBy: ({ body }, { system, facts }) => {
        const id = restoreSessionOf(system.transport.redactor, body);
        return id === undefined ? undefined : { id, facts: inOwnSession(facts, id) };
      },
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
      const mailboxes = facts.workload === undefined ? await nameMailboxes(system, facts, options) : facts.mailboxes;
      const { serverAheadMs } = system.transport;
      return { mailboxes, ...omitUndefined({ serverAheadMs }) };
    },
    investigate: investigateRestore,
  };
}
