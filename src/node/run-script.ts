import { systemClock } from '../clock/system-clock.ts';
import { handleToText } from '../operation/handle-text.ts';
import type { Operation } from '../operation/operation.ts';
import { describeError } from '../terminal/describe-error.ts';
import { exitCodeFor, type Outcome } from '../terminal/exit-code-for.ts';
import { type ProgressDisplay, type ProgressDisplayOptions, progressDisplay } from '../terminal/progress-display.ts';
import type { ProgressLine } from '../terminal/progress-line.ts';

/** The argument of a script. */
export interface ScriptContext {
  /** Aborts at Ctrl-C and at SIGTERM. Pass it to every call: then the wait ends, and the restore goes on. */
  readonly signal: AbortSignal;
  /**
   * Live progress on standard error. Each of its waits first prints a line with the handle, for a resume in another
   * process. It ends when `signal` aborts, unless it has its own signal.
   */
  readonly display: ProgressDisplay;
}

/** @default a display on standard error */
export interface RunScriptOptions extends ProgressDisplayOptions {}

/**
 * Runs a script that restores. It shows the progress, prints the handle, explains an error, and sets `process.exitCode`
 * by the outcome that the script returns (`exitCodeTable` lists the codes; undefined leaves it as it is).
 *
 * The first Ctrl-C or SIGTERM aborts `signal`, so that waits end with exit code 23 and the handle is printed. A second
 * one, half a second later or more, ends the process at once, as without this function. The restore itself goes on in both cases, with one exception:
 * where a system restores within one request, the process ends when that request is answered. Whether such a restore goes
 * on when its connection is closed is not known.
 *
 * @example
 * await runScript(async ({ signal, display }) => {
 *   const operation = await startOnce({ key: 'CHANGE-4711', store, client: cf, target: into, signal, input, start });
 *   return display.wait(operation, { label: 'orders-db' });
 * });
 *
 * @returns a promise that resolves when the script has ended and never rejects
 */
export async function runScript(
  script: (context: ScriptContext) => Promise<Outcome | undefined> | Promise<void>,
  options: RunScriptOptions = {},
): Promise<void> {
  const control = new AbortController();
  const display = announced(progressDisplay(options), control.signal);
  let interruptedAt: number | undefined;
  const interrupt = (name: NodeJS.Signals) => {
    if (interruptedAt !== undefined) {
      if (systemClock.now() - interruptedAt < SAME_SIGNAL_MS) return;
      stopListening();
      process.kill(process.pid, name);
      return;
    }
    interruptedAt = systemClock.now();
    display.print(
      `Interrupted by ${name}: waiting ends, and no restore is stopped. A request that restores until it is answered is ` +
        'kept open, because closing it may stop the restore. A second one ends this process at once.',
    );
    control.abort(new Error(`The script was interrupted by ${name}.`));
  };
  const stopListening = () => {
    for (const name of SIGNALS) process.removeListener(name, interrupt);
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    const outcome = await script({ signal: control.signal, display });
    // A script that returns nothing may have set the exit code itself.
    if (outcome !== undefined) process.exitCode = exitCodeFor(outcome);
  } catch (error) {
    display.close();
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = exitCodeFor(error);
  } finally {
    display.close();
    if (interruptedAt !== undefined) await systemClock.sleep(interruptedAt + SAME_SIGNAL_MS - systemClock.now());
    stopListening();
  }
}

/**
 * npm and tsx pass on a signal that the terminal has already sent to all processes of the command, so one Ctrl-C arrives
 * two or three times.
 */
const SAME_SIGNAL_MS = 500;

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

/** A display whose waits print the handle and end with the script. */
function announced(display: ProgressDisplay, signal: AbortSignal): ProgressDisplay {
  const told = new Set<string>();
  const announce = (operation: Operation<unknown>) => {
    const text = handleToText(operation.toJSON());
    if (told.has(text)) return;
    told.add(text);
    display.print(`${operation.kind} ${operation.id}; to go on in another process, resume ${text}`);
  };
  const lineOf = (line: ProgressLine): ProgressLine => ({
    ...line,
    wait: ((operation: Operation<unknown>, options: object = {}) => {
      announce(operation);
      return line.wait(operation, { signal, ...options });
    }) as ProgressLine['wait'],
  });
  return {
    ...display,
    wait: ((operation: Operation<unknown>, options: object = {}) => {
      announce(operation);
      return display.wait(operation, { signal, ...options });
    }) as ProgressDisplay['wait'],
    track: (label, options) => lineOf(display.track(label, options)),
  };
}
