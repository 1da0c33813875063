import { formatSeconds } from './format-duration.ts';
import { elapsedMs, hasEnded, type LineState, type LineView } from './line-view.ts';
import { padEnd, textWidth, truncate } from './text-width.ts';

export interface Layout {
  readonly now: number;
  /** The most columns of a line. */
  readonly width: number;
  /** The number of the drawing, for animations. */
  readonly frame: number;
  readonly unicode: boolean;
}

interface Mark {
  readonly unicode: string;
  readonly ascii: string;
  readonly colour: number | undefined;
}

const GREEN = 32;
const RED = 31;
const YELLOW = 33;
const CYAN = 36;

const MARKS: Readonly<Record<LineState, Mark>> = {
  waiting: { unicode: ' ', ascii: ' ', colour: undefined },
  running: { unicode: ' ', ascii: ' ', colour: CYAN },
  unreachable: { unicode: '!', ascii: '!', colour: YELLOW },
  succeeded: { unicode: '✓', ascii: '+', colour: GREEN },
  partial: { unicode: '◐', ascii: '~', colour: YELLOW },
  failed: { unicode: '✗', ascii: 'x', colour: RED },
  canceled: { unicode: '✗', ascii: 'x', colour: RED },
  unknown: { unicode: '?', ascii: '?', colour: YELLOW },
};

const STATE_WORDS: Readonly<Partial<Record<LineState, string>>> = {
  waiting: 'waiting',
  succeeded: 'succeeded',
  partial: 'partial',
  failed: 'failed',
  canceled: 'canceled',
  unknown: 'end not known',
};

const LONGEST_LABEL = 32;

/** Renders all lines in columns: mark, label, bar, time and progress. */
export function renderLines(views: readonly LineView[], layout: Layout): string[] {
  const { width, now } = layout;
  const longest = views.reduce((most, { label }) => Math.max(most, textWidth(label)), 0);
  const labelWidth = Math.min(longest, LONGEST_LABEL, Math.max(8, Math.floor(width / 4)));
  const times = views.map((view) => formatSeconds(elapsedMs(view, now)));
  const timeWidth = times.reduce((most, time) => Math.max(most, time.length), 6);
  return views.map((view, index) => {
    const mark = MARKS[view.state];
    const head = layout.unicode ? mark.unicode : mark.ascii;
    const cut = layout.unicode ? '…' : '~';
    const bar = renderBar(view, layout);
    const time = (times[index] ?? '').padStart(timeWidth);
    const label = padEnd(truncate(view.label, labelWidth, cut), labelWidth);
    const taken = 2 + labelWidth + (bar === '' ? 0 : bar.length + 1) + 1 + timeWidth + 2;
    const text = truncate(describeView(view, now), Math.max(0, width - taken), cut);
    const parts = [colour(head, mark.colour), label, ...(bar === '' ? [] : [colour(bar, mark.colour)]), time];
    const line = `${parts.join(' ')}  ${hasEnded(view) || view.state === 'unreachable' ? colour(text, mark.colour) : text}`;
    return taken > width + 2 ? truncate(`${head} ${view.label}`, width, cut) : line;
  });
}

/** The progress of a line in words. */
export function describeView(view: LineView, now: number): string {
  if (view.state === 'unreachable') {
    const away = now - (view.since ?? now);
    return `not reachable${away < 1_000 ? '' : ` for ${formatSeconds(away)}`}: ${view.text}`;
  }
  const percent = view.percent === undefined || hasEnded(view) ? '' : `${Math.floor(view.percent)} %`;
  const word = STATE_WORDS[view.state] ?? (view.text === '' && percent === '' ? 'running' : '');
  const told = [percent, view.text].filter(Boolean).join('  ');
  const isRunning = view.state === 'running' && !hasEnded(view) && view.stoppedAt === undefined;
  const usual = isRunning && percent === '' ? (view.usual ?? '') : '';
  return [[word, told].filter(Boolean).join(': '), usual].filter(Boolean).join(', ');
}

function renderBar(view: LineView, { width, frame, unicode }: Layout): string {
  const cells = width >= 72 ? 20 : width >= 50 ? 10 : 0;
  const full = unicode ? '█' : '#';
  const empty = unicode ? '░' : '-';
  if (view.state === 'succeeded') return full.repeat(cells);
  if (view.percent !== undefined) {
    const filled = Math.max(0, Math.min(cells, Math.floor((view.percent / 100) * cells)));
    return full.repeat(filled) + empty.repeat(cells - filled);
  }
  // Only a line that is known to be running is animated.
  if (view.state !== 'running' || view.stoppedAt !== undefined || cells === 0) return empty.repeat(cells);
  const block = Math.ceil(cells / 5);
  const way = cells - block;
  const step = frame % (2 * way);
  const at = step <= way ? step : 2 * way - step;
  return empty.repeat(at) + full.repeat(block) + empty.repeat(way - at);
}

function colour(text: string, code: number | undefined): string {
  return code === undefined || text.trim() === '' ? text : `\u001b[${code}m${text}\u001b[0m`;
}
