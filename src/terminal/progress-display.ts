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
  /** @default process.stderr, so that standard output stays free for results; nowhere where there is no process */
  readonly stream?: ProgressStream;
  /** Measures the times that are shown, and paces the redrawing. @default the system's clock */
  readonly clock?: Clock;
  /**
   * true redraws lines in place; false writes one plain line for each change, without escape sequences.
   * @default whether the stream is a terminal, and none of NO_COLOR, CI and TERM=dumb is set
   */
  readonly isTty?: boolean;
  /** Columns. @default those of the stream at each drawing, else 80; plain lines are cut only where this is given */
  readonly width?: number;
  /** false draws with ASCII characters only. @default whether the terminal can be expected to have more */
  readonly unicode?: boolean;
  /** Milliseconds from one drawing to the next. @default 200 */
  readonly refreshMs?: number;
}

export type DisplayWaitOptions<Result> = WaitOptions<Result> & {
  /** What the line is called. @default kind and id */
  readonly label?: string;
};

export interface ProgressDisplay {
  /** `waitForCompletion` with a live line: resolves and rejects alike. Any number at once. */
  wait<Result>(
    operation: Operation<Result>,
    options: DisplayWaitOptions<Result> & { readonly until: 'ready' },
  ): Promise<ReadyResult>;
  wait<Result>(operation: Operation<Result>, options?: DisplayWaitOptions<Result>): Promise<WaitResult<Result>>;
  /** A line for work that is more than one wait. It stays live until its `succeed` or `fail`, or until `close`. */
  track(label: string, options?: { readonly startedAt?: Date }): ProgressLine;
  /** Writes lines of text above those that are live. */
  print(text: string): void;
  /** Draws a last time, and no more. Needed only where a line of `track` may be left open. */
  close(): void;
  [Symbol.dispose](): void;
}

/**
 * Live progress of any number of restores. Nothing is written before the first line is there; when the last one has
 * ended, all stay on the screen as they are, and no timer is left.
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
    // A terminal that does not know its size says 0.
    width: () => width ?? (target.columns || 80),
    rows: () => target.rows || 24,
    unicode,
    refreshMs,
  });
}

/** A stream that is gone must not end a wait. */
function writeSafely(stream: ProgressStream, text: string): void {
  try {
    stream.write(text);
  } catch {
    // There is nowhere left to tell it.
  }
}
