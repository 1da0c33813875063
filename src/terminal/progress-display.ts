import type { Clock } from '../clock/clock.ts';
import { systemClock } from '../clock/system-clock.ts';
import type { Operation } from '../operation/operation.ts';
import type { WaitOptions } from '../operation/wait-options.ts';
import type { ReadyResult, WaitResult } from '../operation/wait-result.ts';
import { cleanLine } from './clean-text.ts';
import { LiveScreen } from './live-screen.ts';
import { plainScreen } from './plain-screen.ts';
import { type OpenLine, openLine, type ProgressLine } from './progress-line.ts';
import { canRedraw, defaultStream, hasUnicode, type ProgressStream } from './progress-stream.ts';
import type { Screen } from './screen.ts';

export interface ProgressDisplayOptions {
  /**
   * Where the lines are written. @default process.stderr, so that standard output stays free for results; nowhere on
   * platforms without `process`
   */
  readonly stream?: ProgressStream;
  /** The clock for the shown times and for the redrawing. @default the system clock */
  readonly clock?: Clock;
  /**
   * true redraws lines in place. false writes one plain line per change, without escape sequences.
   * @default true if the stream is a terminal and none of NO_COLOR, CI and TERM=dumb is set
   */
  readonly isTty?: boolean;
  /**
   * The width in columns. Plain lines are cut only if it is set. @default the width of the stream at each drawing,
   * otherwise 80
   */
  readonly width?: number;
  /** false draws with ASCII characters only. @default true if the terminal probably supports other characters */
  readonly unicode?: boolean;
  /** Milliseconds between two drawings. @default 200 */
  readonly refreshMs?: number;
}

export type DisplayWaitOptions<Result> = WaitOptions<Result> & {
  /** The name of the line. @default kind and id */
  readonly label?: string;
};

export interface ProgressDisplay {
  /**
   * Like `waitForCompletion`, with a live line. It resolves and rejects in the same way. Any number of waits may run at
   * once.
   */
  wait<Result>(
    operation: Operation<Result>,
    options: DisplayWaitOptions<Result> & { readonly until: 'ready' },
  ): Promise<ReadyResult>;
  wait<Result>(operation: Operation<Result>, options?: DisplayWaitOptions<Result>): Promise<WaitResult<Result>>;
  /**
   * Adds a line for work that consists of more than one wait. It stays live until `succeed`, `partial` or `fail` of the
   * line, or `close`, is called.
   */
  track(label: string, options?: { readonly startedAt?: Date }): ProgressLine;
  /** Writes lines of text above the live lines. */
  print(text: string): void;
  /** Draws for the last time. Needed only if a line of `track` may be left open. */
  close(): void;
  [Symbol.dispose](): void;
}

/**
 * Shows the live progress of any number of restores. Nothing is written before the first line is added. When the last
 * line has ended, all lines stay on the screen, and no timer is left.
 *
 * @example
 * const display = progressDisplay();
 * const done = await display.wait(operation, { label: 'orders-db' });
 */
export function progressDisplay(options: ProgressDisplayOptions = {}): ProgressDisplay {
  const { clock = systemClock } = options;
  const screen = screenFor(options, clock);
  let isClosed = false;

  const open = (label: string, startedAt: Date | undefined): OpenLine => {
    const key = {};
    return openLine(label, clock, startedAt?.getTime() ?? clock.now(), (view) => {
      if (!isClosed) screen.show(key, view);
    });
  };

  async function wait<Result>(
    operation: Operation<Result>,
    { label = `${operation.kind} ${operation.id}`, ...waitOptions }: DisplayWaitOptions<Result> = {},
  ): Promise<WaitResult<Result>> {
    const line = open(label, operation.startedAt);
    try {
      const result = await line.wait(operation, waitOptions);
      line.end(result);
      return result;
    } catch (error) {
      line.fail(error);
      throw error;
    }
  }

  const close = () => {
    if (!isClosed) screen.close();
    isClosed = true;
  };

  return {
    wait: wait as ProgressDisplay['wait'],
    track: (label, { startedAt } = {}) => open(label, startedAt),
    print: (text) => screen.print(text.split('\n').map(cleanLine).join('\n')),
    close,
    [Symbol.dispose]: close,
  };
}

function screenFor(options: ProgressDisplayOptions, clock: Clock): Screen {
  const { width, unicode = hasUnicode(), refreshMs = 200, stream: target = defaultStream() } = options;
  const stream: ProgressStream = { write: (text) => writeSafely(target, text) };
  if (!(options.isTty ?? canRedraw(target))) return plainScreen(stream, clock, width);
  return new LiveScreen({
    stream,
    clock,
    // A terminal with an unknown size reports 0 columns.
    width: () => width ?? (target.columns || 80),
    rows: () => target.rows || 24,
    unicode,
    refreshMs,
  });
}

/** A closed stream must not end a wait. */
function writeSafely(stream: ProgressStream, text: string): void {
  try {
    stream.write(text);
  } catch {
    // There is nowhere left to tell it.
  }
}
