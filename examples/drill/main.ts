import { readFile } from 'node:fs/promises';
import { progressDisplay } from 'restorekit/terminal';
import { type EmulatedSystems, startEmulatedSystems } from './emulated.ts';
import { type DrillOptions, HELP, parseOptions, UsageError } from './options.ts';
import type { DrillOutcome } from './outcome.ts';
import { readTargets } from './read-targets.ts';
import { toAftermath, toDocument, toExplanations, toTable } from './report.ts';
import { runDrill } from './run.ts';
import { whatIsOverwritten } from './targets.ts';

const FAILED = 1;
const WRONG_USAGE = 2;
const INTERRUPTED = 130;

/** Emulated restores take seconds, so they are polled twice a second. Real ones are polled at their default cadence. */
const OFTEN = { cadence: () => 500 };

try {
  process.exitCode = await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`drill: ${error.message}`);
  process.exitCode = WRONG_USAGE;
}

async function main(options: DrillOptions): Promise<number> {
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const systems = options.target === undefined ? await startEmulatedSystems() : await realSystems(options);
  const control = new AbortController();
  const interrupt = () => {
    if (control.signal.aborted) process.exit(INTERRUPTED);
    control.abort(new Error('interrupted by Ctrl-C'));
  };
  process.on('SIGINT', interrupt);
  // Standard output has either progress and table, or only the JSON document.
  const display = progressDisplay({ stream: options.json ? process.stderr : process.stdout });
  try {
    const wait = options.target === undefined ? OFTEN : {};
    const outcomes = await runDrill(systems.targets, { display, signal: control.signal, wait });
    if (options.json) process.stdout.write(toDocument(outcomes));
    else report(outcomes, options);
    if (control.signal.aborted) tellInterrupted(outcomes, options);
    if (control.signal.aborted) return INTERRUPTED;
    return outcomes.every(({ state }) => state === 'succeeded') ? 0 : FAILED;
  } finally {
    display.close();
    process.off('SIGINT', interrupt);
    await systems.close();
  }
}

async function realSystems({ target = '', yesOverwrite }: DrillOptions): Promise<EmulatedSystems> {
  const text = await readFile(target, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(`--target ${target} cannot be read (${error.code ?? error.message}).`);
  });
  const targets = readTargets(text, process.env);
  if (!yesOverwrite) {
    const list = targets.map((each) => `  - ${whatIsOverwritten(each)}`).join('\n');
    throw new UsageError(
      `Nothing was sent. The file is valid. These would be overwritten:\n${list}\nUse --yes-overwrite to start.`,
    );
  }
  return { targets, close: async () => undefined };
}

function report(outcomes: readonly DrillOutcome[], { target }: DrillOptions): void {
  const aftermath = target === undefined ? [] : toAftermath(outcomes);
  const parts = [...aftermath, ...toExplanations(outcomes), toTable(outcomes)];
  console.log(`\n${parts.join('\n\n')}`);
}

function tellInterrupted(outcomes: readonly DrillOutcome[], { target }: DrillOptions): void {
  const unfinished = outcomes.filter(({ state }) => state === 'unknown');
  const where = target === undefined ? ' (these were emulated, and end with the drill)' : '';
  console.error(`\nInterrupted. Only the waits have ended: restores that were started go on at the vendors${where}.`);
  if (unfinished.some(({ kind }) => kind?.startsWith('veeam-'))) {
    console.error('A Veeam session in which a restore may be running stays open: stop it when that has ended.');
  }
  console.error('Follow them with client.resume(handle), or resume(handle, clients):');
  for (const { handle, target: each } of unfinished) {
    console.error(handle === undefined ? `${each.label}: no handle, the start got no answer` : JSON.stringify(handle));
  }
}
