/** Restores a service instance from its latest backup, once for each change: `npx tsx cloud-foundry.ts CHANGE-4711` */
import { CloudFoundryClient, secretFromEnv, uaaPassword } from 'restorekit/cloud-foundry';
import { openStore, runScript, startOnce } from 'restorekit/node';

// Sets the exit code: 0 succeeded, 10 to 19 ended badly, 20 to 29 may be running, others: nothing was started.
void runScript(async ({ signal, display }) => {
  const [key = ''] = process.argv.slice(2);
  const cf = new CloudFoundryClient({
    baseUrl: process.env.CF_API ?? 'https://api.example.org',
    auth: uaaPassword({ username: process.env.CF_USERNAME ?? 'admin', password: secretFromEnv('CF_PASSWORD') }),
  });
  const { guid: into } = await cf.serviceInstances.find({
    name: 'orders-db',
    space: 'production',
    organization: 'acme',
  });
  const operation = await startOnce({
    key,
    // Create it once with openStore(url, { create: true }). Do not use a disk that is lost with the machine.
    store: openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores'),
    client: cf,
    target: into,
    signal,
    // This runs once, and its result is recorded: a rerun restores the same backup, even if there is a newer one by
    // then.
    input: async () => ({ into, from: { backupId: (await cf.backups.latest(into)).id } }),
    start: (input) => cf.serviceInstances.restore({ ...input, note: key }, { signal }),
  });
  return display.wait(operation, { label: 'orders-db' });
});
