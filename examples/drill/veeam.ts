import { VeeamM365V5Client, VeeamM365V6Client, VeeamM365V7Client, VeeamM365V8Client } from 'restorekit/veeam-m365';
import type { DrillContext, Ended } from './restore.ts';
import { clientOptions, type VeeamTarget } from './targets.ts';

const CLIENTS = {
  'veeam-m365-v5': VeeamM365V5Client,
  'veeam-m365-v6': VeeamM365V6Client,
  'veeam-m365-v7': VeeamM365V7Client,
  'veeam-m365-v8': VeeamM365V8Client,
};

/**
 * Opens a session, restores a mailbox in it, and stops it: the session alone restores nothing. It is stopped whatever
 * happens, but for one case: `stop` refuses while the restore inside it has no end.
 */
export async function restoreMailbox(target: VeeamTarget, context: DrillContext): Promise<Ended> {
  const { line, signal } = context;
  const wait = { ...context.wait, signal };
  line.say('opening a session');
  const session = await openSession(target, signal);
  try {
    const ready = await line.wait(session, { ...wait, until: 'ready' });
    const mailbox = await session.mailboxes.find({ email: target.restore.mailbox }, { signal });
    line.say(`restoring ${mailbox.email ?? mailbox.id}`);
    const restore = await session.mailboxes.restore(mailbox.id, { ...target.restore.exchange, signal });
    context.started(restore);
    const done = await line.wait(restore, { ...wait, accept: 'partial' });
    const { created = 0, merged = 0, failed = 0, errors } = done.result;
    return {
      state: done.state,
      elapsedMs: done.elapsedMs,
      polls: ready.polls + done.polls,
      unreachableMs: ready.unreachableMs + done.unreachableMs,
      requestedTime: done.result.requestedDateTime,
      counted: `${created + merged} items restored${failed === 0 ? '' : `, ${failed} failed`}`,
      warnings: [...done.warnings.map(({ message }) => message), ...errors],
      aftermath: done.result.aftermath,
    };
  } finally {
    // What went wrong before counts more than a session that is left open.
    await session.stop().catch(() => undefined);
  }
}

async function openSession(target: VeeamTarget, signal: AbortSignal) {
  const { scope, dateTime } = target.restore;
  const client = new CLIENTS[target.system](clientOptions(target));
  const input = { dateTime, type: 'exchange' } as const;
  return 'jobId' in scope
    ? client.jobs.explore(scope.jobId, input, { signal })
    : client.organizations.explore(scope.organizationId, input, { signal });
}
