/**
 * A CLI of your own with restorekit and commander: one change is one restore, even if the command runs several times.
 * It uses an emulated foundation, unless CF_API, CF_USERNAME and CF_PASSWORD name a real one.
 *
 * A command imports its modules when it runs, so that `--help` is fast.
 */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import type { Operation } from 'restorekit';

/** The exit code of restorekit for wrong arguments. */
const USAGE = 2;
const { CF_API, RESTORE_STORE } = process.env;
const emulated = join(tmpdir(), 'restore-db-example');

interface Common {
  readonly json?: boolean;
  readonly for: number;
}

const program = new Command('restore-db')
  .description('Restores a service instance of Cloud Foundry, once for each change.')
  .option('--json', 'print one JSON document instead of words')
  .option('--for <minutes>', 'how long to wait', minutes, 24 * 60)
  .configureHelp({ showGlobalOptions: true })
  .exitOverride()
  .addHelpText('after', '\nProgress goes to standard error. The exit codes are those of restorekit/terminal.');

program
  .command('restore')
  .description('start the restore of a change, or follow the one that was started for it')
  .option('--change <id>', 'the change that this restore belongs to', 'CHANGE-1')
  .option('--instance <name>', 'the service instance that is overwritten', 'orders-db')
  .option('--space <name>', 'its space', 'production')
  .option('--backup <id>', "a backup of it, or 'latest'", 'latest')
  .action((options) => run((cf, context) => restore(cf, context, options)));

program
  .command('wait')
  .description('wait for a restore of an earlier run')
  .argument('<handle>', 'the rk1_ line that it has printed')
  .action((handle: string) => run(async (cf, { follow }) => follow(cf.resume(handle))));

program.command('list').description('what was started with this store').action(list);

type Client = import('restorekit/cloud-foundry').CloudFoundryClient;
interface Context {
  readonly signal: AbortSignal;
  readonly follow: (operation: Operation<unknown>) => Promise<import('restorekit/operation').WaitResult<unknown>>;
}

async function restore(cf: Client, { signal, follow }: Context, options: Readonly<Record<string, string>>) {
  const { startOnce } = await import('restorekit/start-once');
  const { change = '', instance = '', space = '', backup = 'latest' } = options;
  const { guid: into } = await cf.serviceInstances.find({ name: instance, space }, { signal });
  const operation = await startOnce({
    key: change,
    store: await openStore(),
    client: cf,
    target: into,
    signal,
    // Chosen once: a rerun restores the backup of the first run, even if there is a newer one.
    input: async () => ({
      into,
      from: { backupId: backup === 'latest' ? (await cf.backups.latest(into)).id : backup },
    }),
    start: (input) => cf.serviceInstances.restore({ ...input, note: change }, { signal }),
  });
  return follow(operation);
}

/** Waits with progress, reports the end and sets the exit code. */
async function run(work: (cf: Client, context: Context) => ReturnType<Context['follow']>): Promise<void> {
  const { json, for: timeout } = program.opts<Common>();
  const { CloudFoundryClient, secretFromEnv, uaaPassword } = await import('restorekit/cloud-foundry');
  const { runScript } = await import('restorekit/node');
  await runScript(async ({ signal, display }) => {
    const cf = new CloudFoundryClient({
      baseUrl: CF_API ?? (await foundation()),
      auth: uaaPassword({
        username: process.env.CF_USERNAME ?? 'admin',
        password: CF_API === undefined ? 'secret' : secretFromEnv('CF_PASSWORD'),
      }),
    });
    const cadence = CF_API === undefined ? { cadence: () => 500 } : {};
    const follow: Context['follow'] = (operation) =>
      display.wait(operation, { label: operation.note ?? operation.id, timeoutMs: timeout * 60_000, ...cadence });
    const done = await work(cf, { signal, follow });
    const { state, elapsedMs, handle, result, warnings } = done;
    console.log(json ? JSON.stringify({ state, elapsedMs, handle, result, warnings }) : state);
    return done;
  });
}

async function list(): Promise<void> {
  const { listStarts } = await import('restorekit/start-once');
  const starts = await listStarts({ store: await openStore() }).toArray();
  if (program.opts<Common>().json) console.log(JSON.stringify(starts));
  else
    for (const { key, state, endedAs, target } of starts)
      console.log([key, endedAs ?? state, target.instance].join('\t'));
}

async function openStore() {
  const { openStore: open } = await import('restorekit/node');
  // Create your own store once, with openStore(url, { create: true }). The store of this example may be created again.
  return RESTORE_STORE === undefined ? open(`file:${emulated}`, { create: true }) : open(RESTORE_STORE);
}

async function foundation(): Promise<string> {
  const folder = `${emulated}.foundation`;
  mkdirSync(folder, { recursive: true });
  return (await import('./emulated-foundation.ts')).emulatedFoundation(folder);
}

function minutes(text: string): number {
  const value = Number(text);
  if (!(value > 0)) program.error(`--for must be a number of minutes, and was '${text}'.`);
  return value;
}

try {
  await program.parseAsync();
} catch (error) {
  // commander has already printed its own errors. Any other error is a bug of this program.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : USAGE;
}
