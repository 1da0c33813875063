/** Restores a mailbox from the latest backup, once for each change: `npx tsx veeam-m365.ts CHANGE-4711` */
import { openStore, runScript, startOnce } from 'restorekit/node';
import { waitForCompletion } from 'restorekit/operation';
import { followStart } from 'restorekit/start-once';
import { secretFromEnv, VeeamM365Client, veeamPassword } from 'restorekit/veeam-m365';

// Sets the exit code: 0 succeeded, 10 to 19 ended badly, 20 to 29 may be running, others: nothing was started.
void runScript(async ({ signal, display }) => {
  const [key = ''] = process.argv.slice(2);
  const veeam = await VeeamM365Client.connect({
    baseUrl: process.env.VEEAM_URL ?? 'https://veeam.example.org:4443',
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: secretFromEnv('VEEAM_PASSWORD') }),
  });
  // Made once, by openStore(url, { create: true }). Never on a disk that dies with the machine.
  const once = { key, store: openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores'), client: veeam };

  const begin = async () => {
    const { id: jobId } = await veeam.jobs.find({ name: 'Backup1' });
    const { createdAt } = await veeam.restorePoints.latest({ jobId, type: 'exchange' }); // not in v5
    const session = await veeam.jobs.explore(jobId, { dateTime: createdAt, type: 'exchange' }, { signal });
    const leave = async (error: unknown) => {
      await session.stop().catch(() => {}); // refuses while a restore in it has no end
      throw error;
    };
    await waitForCompletion(session, { until: 'ready', signal }).catch(leave);
    const mailbox = await session.mailboxes.find({ email: 'user1@abc.onmicrosoft.com' }).catch(leave);
    const login = { userName: 'admin@abc.onmicrosoft.com', userPassword: secretFromEnv('EXCHANGE_PASSWORD') };
    const start = () => session.mailboxes.restore(mailbox.id, { ...login, note: key, signal });
    return startOnce({ ...once, target: `${session.id}/${mailbox.id}`, signal, start }).catch(leave);
  };
  const operation = await followStart(once).catch((error: { readonly field?: string }) => {
    if (error.field !== 'key') throw error;
    return begin();
  });
  const { startedFrom, sessionId } = operation.toJSON(); // since v8 a restore has a session of its own
  const session = veeam.attach({ id: String(startedFrom ?? sessionId) });
  const stop = () => session.stop().catch((error: Error) => display.print(error.message));
  return display.wait(operation, { label: 'mailbox' }).finally(stop);
});
