import type { Clock } from '../clock/clock.ts';
import { formatDuration, formatSeconds } from './format-duration.ts';
import { elapsedMs, hasEnded, type LineView } from './line-view.ts';
import type { ProgressStream } from './progress-stream.ts';
import { describeView } from './render-line.ts';
import type { Screen } from './screen.ts';
import { truncate } from './text-width.ts';

/** A new percentage alone is logged only if it has grown by this much. */
const PERCENT_STEP = 10;
/** The width of times in the first hour. */
const TIME_WIDTH = 11;

/** Writes one line of text per change, without escape sequences. */
export function plainScreen(stream: ProgressStream, clock: Clock, width: number | undefined): Screen {
  const last = new WeakMap<object, LineView>();
  const write = (line: string) => stream.write(`${width === undefined ? line : truncate(line, width)}\n`);
  return {
    show: (key, view) => {
      const before = last.get(key);
      if (view.state === 'waiting' || (before !== undefined && isSame(before, view))) return;
      last.set(key, view);
      const now = clock.now();
      const time = formatSeconds(elapsedMs(view, now)).padStart(TIME_WIDTH);
      const tell = (text: string) => write(`${time}  ${view.label}: ${text}`);
      if (before?.state === 'unreachable' && view.state !== 'unreachable') {
        const away = formatDuration(now - (before.since ?? now));
        if (view.state !== 'unknown') tell(`reachable again after ${away}`);
      }
      tell(describeView(view, now));
    },
    print: (text) => stream.write(`${text}\n`),
    close: () => undefined,
  };
}

function isSame(before: LineView, view: LineView): boolean {
  if (hasEnded(view)) return false;
  const grown = Math.abs((view.percent ?? 0) - (before.percent ?? 0));
  const samePercent = (view.percent === undefined) === (before.percent === undefined) && grown < PERCENT_STEP;
  return before.state === view.state && before.text === view.text && before.since === view.since && samePercent;
}
