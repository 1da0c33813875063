/** Restores a portal from its latest backup, once for each change: `npx tsx docspace.ts CHANGE-4711` */
import { DocSpaceClient, docspaceApiKey, secretFromEnv } from 'restorekit/docspace';
import { openStore, runScript, startOnce } from 'restorekit/node';

// Sets the exit code: 0 succeeded, 10 to 19 ended badly, 20 to 29 may be running, others: nothing was started.
void runScript(async ({ signal, display }) => {
  const [key = ''] = process.argv.slice(2);
  const docspace = new DocSpaceClient({
    baseUrl: process.env.DOCSPACE_URL ?? 'https://acme.onlyoffice.com',
    auth: docspaceApiKey(secretFromEnv('DOCSPACE_API_KEY')),
  });
  const operation = await startOnce({
    key,
    // Create it once with openStore(url, { create: true }). Do not use a disk that is lost with the machine.
    store: openStore(process.env.RESTORE_STORE ?? 'file:/var/lib/restores'),
    client: docspace,
    target: '', // the portal as a whole
    signal,
    // This runs once, and its result is recorded: a rerun restores the same backup, even if there is a newer one by
    // then.
    input: async () => ({ backupId: (await docspace.backups.latest()).id, notify: false }),
    start: (input) => docspace.portal.restore({ ...input, note: key }, { signal }),
  });
  const done = await display.wait(operation, { label: 'portal' });
  // The key that started the restore is no longer valid, because the portal is now that of the backup. Set a new
  // password by the link in the owner's mail; then `docspace.portal.reconnect` makes a new key (docs/docspace.md).
  console.log(done.result.aftermath.join('\n'));
  return done;
});
