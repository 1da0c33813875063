/** Restores an environment from its latest backup, once for each change: `npx tsx oracle-epm.ts CHANGE-4711` */
import { openStore, runScript, startOnce } from 'restorekit/node';
import { basicAuth, OracleEpmClient, secretFromEnv } from 'restorekit/oracle-epm';

// Sets the exit code: 0 succeeded, 10 to 19 ended badly, 20 to 29 may be running, others: nothing was started.
void runScript(async ({ signal, display }) => {
  const [key = ''] = process.argv.slice(2);
  const epm = new OracleEpmClient({
    baseUrl: process.env.EPM_URL ?? 'https://epm-acme.epm.us-phoenix-1.ocs.oraclecloud.com',
    auth: basicAuth({ username: process.env.EPM_USERNAME ?? 'admin', password: secretFromEnv('EPM_PASSWORD') }),
  });
  const operation = await startOnce({
    key,
    // Create it once with openStore(url, { create: true }). Do not use a disk that is lost with the machine.
    store: openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores'),
    client: epm,
    target: '', // the environment as a whole
    signal,
    // This runs once, and its result is recorded: a rerun restores the same backup, even if there is a newer one by
    // then.
    input: async () => ({ backupName: (await epm.backups.latest({ kind: 'environment-backup' })).id }),
    start: (input) =>
      epm.environment.restore(
        { ...input, dailyMaintenanceStartTime: false, note: key }, // the default of the vendor moves your maintenance window
        { signal },
      ),
  });
  return display.wait(operation, { label: 'environment' });
});
