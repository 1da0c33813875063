/**
 * A CLI of your own with restorekit: one change is one restore, even if the command runs several times. It uses an
 * emulated foundation, unless CF_API, CF_USERNAME and CF_PASSWORD name a real one.
 */

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { fileStore } from 'restorekit/node';
import { handleToText } from 'restorekit/operation';
import { listStarts, startOnce } from 'restorekit/start-once';
import { describeError, exitCodeFor, exitCodes, progressDisplay } from 'restorekit/terminal';
import { cloudFoundryEmulator, type EmulatorServer } from 'restorekit/testing';

const HELP = `restore-db restore [--change CHANGE-1] [--instance <guid>] [--backup <id>]
restore-db wait <handle>     the rk1_ line of an earlier run
restore-db list              what this machine has started
All exit with the codes of restorekit/terminal, and print progress to standard error.`;

const { values, positionals } = read(process.argv.slice(2));
const [command = 'restore', handle = ''] = positionals;
// Create a folder of your own once, with fileStore.create(folder). The folder of this example may be created again.
const { RESTORE_STATE } = process.env;
const store = RESTORE_STATE ? fileStore(RESTORE_STATE) : fileStore.create(join(tmpdir(), 'restore-db-example'));
const { CF_API, CF_USERNAME = 'admin', CF_PASSWORD = 'secret' } = process.env;

// Ctrl-C ends the wait. The restore goes on, and the same command finds it again.
const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort(new Error('interrupted by Ctrl-C')));

let emulated: EmulatorServer | undefined;
try {
  if (values.help) console.log(HELP);
  else if (command === 'list') {
    for await (const { key, state, endedAs, target } of listStarts({ store })) {
      console.log([key, endedAs ?? state, target.instance].join('\t'));
    }
  } else if (command === 'restore' || command === 'wait') await follow();
  else {
    console.error(HELP);
    process.exitCode = exitCodes.configuration;
  }
} catch (error) {
  console.error(describeError(error));
  process.exitCode = exitCodeFor(error);
} finally {
  await emulated?.close();
}

async function follow(): Promise<void> {
  if (CF_API === undefined) emulated = await cloudFoundryEmulator({ scenario: { durationMs: 5_000 } }).listen();
  const baseUrl = CF_API ?? emulated?.url;
  if (baseUrl === undefined) throw new Error('Set CF_API to the address of the Cloud Controller.');
  const cf = new CloudFoundryClient({
    baseUrl,
    auth: uaaPassword({ username: CF_USERNAME, password: () => CF_PASSWORD }),
  });
  const { change, instance: into, backup } = values;
  const operation =
    command === 'wait'
      ? cf.resume(handle)
      : await startOnce({
          key: change,
          store,
          client: cf,
          target: into,
          input: { into, from: { backupId: backup } },
          start: (input) => cf.serviceInstances.restore({ ...input, note: change }),
        });
  console.log(handleToText(operation.toJSON()));
  const wait = { label: operation.id, signal: interrupted.signal, ...(emulated ? { cadence: () => 500 } : {}) };
  console.log((await progressDisplay().wait(operation, wait)).state);
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        change: { type: 'string', default: `CHANGE-${Date.now()}` },
        instance: { type: 'string', default: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c' },
        backup: { type: 'string', default: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    process.exit(exitCodes.configuration);
  }
}
