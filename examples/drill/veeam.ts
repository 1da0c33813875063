import type { OperationHandle, ReadyResult } from 'restorekit';
import { type EndedWait, OperationFailedError, OutcomeUnknownError } from 'restorekit/errors';
import { type RestoreOutcome, VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';
import type { DrillContext, Ended } from './restore.ts';
import { clientOptions, type VeeamTarget } from './targets.ts';

/**
 * Opens a session, restores a mailbox in it, stops it, and waits for its end: the session alone restores nothing. It is
 * stopped whatever happens, but for one case: while a restore may still run inside it, a stop would break it off.
 */
export async function restoreMailbox(target: VeeamTarget, context: DrillContext): Promise<Ended> {
  const { line, signal } = context;
  const wait = { ...context.wait, signal };
  line.say('opening a session');
  const session = await openSession(target, signal);
  context.started(session);
  let ready: ReadyResult;
  let outcome: RestoreOutcome;
  let wasSent = false;
  try {
    ready = await line.wait(session, { ...wait, until: 'ready' });
    const mailbox = await findMailbox(session, target, signal);
    if (!mailbox) throw failure(`the backup has no mailbox ${target.restore.mailbox}.`, session.toJSON(), ready);
    line.say(`restoring ${mailbox.email ?? mailbox.id}`);
    wasSent = true;
    outcome = await session.mailboxes.restore(mailbox.id, { ...target.restore.exchange, signal });
  } catch (error) {
    const mayBeRestoring = wasSent && OutcomeUnknownError.isInstance(error);
    if (!mayBeRestoring) await session.stop().catch(() => undefined);
    throw error;
  }
  line.say('stopping the session');
  await session.stop({ signal });
  const done = await line.wait(session, { ...wait, accept: 'partial' });
  if (outcome.state === 'failed') {
    throw failure(`nothing was restored: ${outcome.errors.join(' ') || 'no reason told'}`, session.toJSON(), done);
  }
  return {
    state: outcome.state === 'partial' ? 'partial' : done.state,
    elapsedMs: done.elapsedMs,
    polls: ready.polls + done.polls,
    unreachableMs: ready.unreachableMs + done.unreachableMs,
    dataAsOf: done.result.dataAsOf,
    requestedTime: done.result.requestedDateTime,
    counted: countOf(outcome),
    warnings: [...outcome.warnings, ...done.warnings].map(({ message }) => message).concat(outcome.errors),
    aftermath: done.result.aftermath,
  };
}

async function openSession(target: VeeamTarget, signal: AbortSignal) {
  const { scope, dateTime } = target.restore;
  const client =
    target.system === 'veeam-m365-v5'
      ? new VeeamM365V5Client(clientOptions(target))
      : new VeeamM365V6Client(clientOptions(target));
  const input = { dateTime, type: 'vex' } as const;
  return 'jobId' in scope
    ? client.jobs.explore(scope.jobId, input, { signal })
    : client.organizations.explore(scope.organizationId, input, { signal });
}

async function findMailbox(
  session: Awaited<ReturnType<typeof openSession>>,
  { restore }: VeeamTarget,
  signal: AbortSignal,
) {
  for await (const mailbox of session.mailboxes.list({ signal })) {
    const names = [mailbox.id, mailbox.email].map((name) => name?.toLowerCase());
    if (names.includes(restore.mailbox.toLowerCase())) return mailbox;
  }
  return undefined;
}

function countOf({ created, merged, failed }: RestoreOutcome): string {
  const restored = `${created + merged} items restored`;
  return failed === 0 ? restored : `${restored}, ${failed} failed`;
}

/** The session may have gone well: it is the restore inside it that failed. */
function failure(message: string, handle: OperationHandle, wait: EndedWait): OperationFailedError {
  return new OperationFailedError(`The restore of the mailbox failed: ${message}`, {
    state: 'failed',
    failure: { message, details: undefined },
    handle,
    wait,
  });
}
