import { OutcomeUnknownError } from 'restorekit/errors';
import { type RestoreOutcome, VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';
import type { DrillContext, Ended } from './restore.ts';
import type { VeeamTarget } from './targets.ts';

/**
 * Opens a session, restores a mailbox in it, stops it, and waits for its end: the session alone restores nothing. It is
 * stopped in any case but one: while a restore may still run inside it, a stop would break it off.
 */
export async function restoreMailbox(target: VeeamTarget, context: DrillContext): Promise<Ended> {
  const { line, signal } = context;
  const wait = { ...context.wait, signal };
  line.say('opening a session');
  const session = await openSession(target, signal);
  context.started(session);
  const ready = await line.wait(session, { ...wait, until: 'ready' });
  let outcome: RestoreOutcome;
  try {
    const mailbox = await findMailbox(session, target, signal);
    line.say(`restoring ${mailbox.email ?? mailbox.id}`);
    outcome = await session.mailboxes.restore(mailbox.id, { ...target.restore.exchange, signal });
  } catch (error) {
    if (!OutcomeUnknownError.isInstance(error) && !signal.aborted) await session.stop().catch(() => undefined);
    throw error;
  }
  line.say('stopping the session');
  await session.stop({ signal });
  const done = await line.wait(session, { ...wait, accept: 'partial' });
  if (outcome.state === 'failed')
    throw new Error(`Nothing was restored: ${outcome.errors.join(' ') || 'no reason told'}`);
  return {
    state: outcome.state === 'partial' ? 'partial' : done.state,
    elapsedMs: done.elapsedMs,
    polls: ready.polls + done.polls,
    unreachableMs: ready.unreachableMs + done.unreachableMs,
    restorePoint: done.result.restorePoint,
    requestedTime: done.result.requestedDateTime,
    counted: countOf(outcome),
    warnings: [...outcome.warnings, ...done.warnings].map(({ message }) => message).concat(outcome.errors),
    aftermath: done.result.aftermath,
  };
}

async function openSession(target: VeeamTarget, signal: AbortSignal) {
  const { scope, dateTime } = target.restore;
  const client = target.system === 'veeam-m365-v5' ? new VeeamM365V5Client(target) : new VeeamM365V6Client(target);
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
  throw new Error(`The backup has no mailbox ${restore.mailbox}; nothing was restored.`);
}

function countOf({ created, merged, failed }: RestoreOutcome): string {
  const restored = `${created + merged} items restored`;
  return failed === 0 ? restored : `${restored}, ${failed} failed`;
}
