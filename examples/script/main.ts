/** The shortest safe script: start, print the handle, wait with live progress, report the outcome. */
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { handleToText } from 'restorekit/operation';
import { describeError, exitCodeFor, progressDisplay } from 'restorekit/terminal';
import { docspaceCredentials, docspaceEmulator } from 'restorekit/testing';

// In your own script, use the URL and the key of your portal instead of the emulator.
const portal = await docspaceEmulator({ scenario: { durationMs: 6_000 } }).listen();
const docspace = new DocSpaceClient({ baseUrl: portal.url, auth: docspaceApiKey(() => docspaceCredentials.apiKey) });

try {
  const latest = await docspace.backups.latest();
  const operation = await docspace.portal.restore({ backupId: latest.id, notify: false });
  // With this line the restore can be followed from another process.
  console.log(`resume with ${handleToText(operation.toJSON())}`);
  const done = await progressDisplay().wait(operation, { label: latest.id, cadence: () => 1_000 });
  console.log(done.state, ...done.result.aftermath);
  process.exitCode = exitCodeFor(done);
} catch (error) {
  console.error(describeError(error));
  process.exitCode = exitCodeFor(error);
} finally {
  await portal.close();
}
