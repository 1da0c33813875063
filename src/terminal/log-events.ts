import { ConfigurationError } from '../errors/configuration-error.ts';
import type { HttpEvent } from '../http/events.ts';
import type { OperationEvent } from '../operation/events.ts';
import { cleanLine, cleanText } from './clean-text.ts';
import { formatDuration } from './format-duration.ts';
import { thrownText } from './thrown-text.ts';

/** The levels, from the most to the fewest lines. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** A logger. `console`, pino, winston, bunyan and the loggers of most frameworks fit. */
export type EventLogger = { readonly [Level in LogLevel]: (line: string) => unknown };

export interface LogEventsOptions {
  /** The lowest level that is written. Requests and polls are 'debug'. @default 'info' */
  readonly level?: LogLevel | undefined;
}

type LoggedEvent = HttpEvent | OperationEvent;

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * Makes a handler for `onEvent` that writes one readable line per event. Polls, and requests with the vendor's
 * request id, are 'debug'. Starts, logins and ends are 'info'. Outages, retries and ends without a verdict are
 * 'warn'. The events have no secrets, and the lines have no control characters.
 *
 * @example
 * const client = new AnyClient({ baseUrl, auth, onEvent: logEvents(console) });
 * // acme/restore 2f9a...: cannot be seen for 2 min 10 s: connection refused
 *
 * @throws {ConfigurationError} a function debug, info, warn or error is missing, or `level` is none of these
 */
export function logEvents(
  logger: EventLogger,
  { level = 'info' }: LogEventsOptions = {},
): (event: LoggedEvent) => void {
  const least = LEVELS.indexOf(level);
  if (least < 0) throw new ConfigurationError('level', `must be one of ${LEVELS.join(', ')}.`);
  for (const each of LEVELS) {
    if (typeof logger?.[each] !== 'function') throw new ConfigurationError('logger', `must have a function ${each}.`);
  }
  return (event) => {
    const own = levelOf(event);
    // Called as a method, because some loggers use `this`.
    if (LEVELS.indexOf(own) >= least) logger[own](cleanLine(lineOf(event)));
  };
}

function levelOf(event: LoggedEvent): LogLevel {
  switch (event.type) {
    case 'request':
    case 'poll':
      return 'debug';
    case 'response':
      return event.status >= 500 ? 'warn' : 'debug';
    case 'started':
    case 'token-refresh':
      return 'info';
    case 'wait-ended':
      return event.outcome === 'succeeded' || event.outcome === 'ready' ? 'info' : 'warn';
    case 'retry':
    case 'outage':
    case 'left-open':
      return 'warn';
    case 'handler-error':
      return 'error';
  }
}

function lineOf(event: LoggedEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.method} ${event.path}`;
    case 'response': {
      const id = event.requestId === undefined ? '' : `, request id ${event.requestId}`;
      return `${event.method} ${event.path} answered ${event.status} after ${formatDuration(event.durationMs)}${id}`;
    }
    case 'retry':
      return `try ${event.attempt} comes in ${formatDuration(event.delayMs)}: ${textOf(event.error)}`;
    case 'token-refresh':
      return `logs in at ${event.origin}${event.grant === '' ? '' : ` (${event.grant})`}`;
    case 'poll': {
      const percent = event.percent === undefined ? '' : `, ${event.percent} %`;
      return `${nameOf(event)}: ${event.state}${percent}`;
    }
    case 'outage':
      return `${nameOf(event)}: cannot be seen for ${formatDuration(event.at - event.since)}: ${textOf(event.error)}`;
    case 'left-open':
      return `${nameOf(event)}: was left open at the vendor: ${textOf(event.error)}`;
    case 'started':
      return `${nameOf(event)}: started`;
    case 'wait-ended': {
      const unseen = event.unreachableMs > 0 ? `, ${formatDuration(event.unreachableMs)} out of sight` : '';
      const why = event.error === undefined ? '' : `: ${textOf(event.error)}`;
      const took = formatDuration(event.at - event.startedAt);
      return `${nameOf(event)}: the wait ended with '${event.outcome}' ${took} after the start, ${event.polls} polls${unseen}${why}`;
    }
    case 'handler-error':
      return `a handler of the caller has thrown: ${textOf(event.error)}`;
  }
}

function nameOf({ kind, id, note }: { readonly kind: string; readonly id: string; readonly note?: string }): string {
  return `${kind} ${id}${note === undefined ? '' : ` (${note})`}`;
}

function textOf(error: unknown): string {
  return cleanText(error instanceof Error ? error.message : thrownText(error), 1_000);
}
