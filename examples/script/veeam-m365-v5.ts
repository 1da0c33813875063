/** Restores a mailbox from the latest backup, once for each change: `npx tsx veeam-m365-v5.ts CHANGE-4711` */
import { openStore, runScript, startOnce } from 'restorekit/node';
import { waitForCompletion } from 'restorekit/operation';
import { followStart } from 'restorekit/start-once';
import { secretFromEnv, VeeamM365V5Client, veeamPassword } from 'restorekit/veeam-m365';

// Sets the exit code: 0 succeeded, 10 to 19 ended badly, 20 to 29 may be running, others: nothing was started.
void runScript(async ({ signal, display }) => {
  const [key = ''] = process.argv.slice(2);
  const veeam = new VeeamM365V5Client({
    baseUrl: process.env.VEEAM_URL ?? 'https://veeam.example.org:4443',
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: secretFromEnv('VEEAM_PASSWORD') }),
  });
  // Made once, by openStore(url, { create: true }). Never on a disk that dies with the machine.
  const once = { key, store: openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores'), client: veeam };

  const begin = async () => {
    const { id } = await veeam.organizations.find({ name: 'abc.onmicrosoft.com' });
    const input = { dateTime: new Date(), type: 'exchange' } as const; // the latest backup
    const session = await veeam.organizations.explore(id, input, { signal });
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
  // A rerun follows the restore of the first run; it opens no session.
  const operation = await followStart(once).catch((error: { readonly field?: string }) => {
    if (error.field !== 'key') throw error;
    return begin();
  });
  const session = veeam.attach({ id: String(operation.toJSON().sessionId) });
  const stop = () => session.stop().catch((error: Error) => display.print(error.message));
  return display.wait(operation, { label: 'mailbox' }).finally(stop);
});
