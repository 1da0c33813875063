import { type Meter, metrics, type Span, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import type { ClientEvent } from '../client/client-options.ts';
import type { OperationEvent } from '../operation/events.ts';
import { omitUndefined } from '../values/omit-undefined.ts';

export interface RestoreTelemetryOptions {
  /** @default the tracer 'restorekit' of the global provider */
  readonly tracer?: Tracer | undefined;
  /** @default the meter 'restorekit' of the global provider */
  readonly meter?: Meter | undefined;
}

type EventOf<Type extends OperationEvent['type']> = Extract<OperationEvent, { readonly type: Type }>;
type Named = Pick<EventOf<'started'>, 'kind' | 'id' | 'note'>;

/** A restore with an open span. */
interface Watched {
  readonly span: Span;
  isSeen: boolean;
  /** The state and percentage of the last poll. */
  progress: string;
}

const NAME = 'restorekit';
/** The most ended restores that are remembered, so that a second wait for the same restore makes no second span. */
const MOST_ENDED = 1_000;

/**
 * Makes a handler for `onEvent` that makes a span per restore and counts restores. It can be used for one or more
 * clients.
 *
 * The span begins with the start, or with the first poll of a restore that another process has started. It ends when
 * the first wait ends. Its events are `poll` if the state or the percentage has changed, `outage` and `seen again`. Its
 * attributes are `restorekit.kind`, `restorekit.id`, `restorekit.note`, `restorekit.outcome`, `restorekit.polls` and
 * `restorekit.unreachable_ms`. Its status is an error for every outcome except 'succeeded'.
 *
 * The metrics are `restorekit.restores.running` (an up-down counter), `restorekit.restores.ended`, and, in seconds,
 * `restorekit.restores.duration` and `restorekit.restores.unreachable`. The last three have the attributes kind and
 * outcome. A restore whose process dies is not counted.
 *
 * @example
 * const client = new AnyClient({ baseUrl, auth, onEvent: restoreTelemetry() });
 */
export function restoreTelemetry(options: RestoreTelemetryOptions = {}): (event: ClientEvent) => void {
  const { tracer = trace.getTracer(NAME), meter = metrics.getMeter(NAME) } = options;
  const running = meter.createUpDownCounter('restorekit.restores.running');
  const ended = meter.createCounter('restorekit.restores.ended');
  const duration = meter.createHistogram('restorekit.restores.duration', { unit: 's' });
  const unreachable = meter.createHistogram('restorekit.restores.unreachable', { unit: 's' });
  const watched = new Map<string, Watched>();
  const endedKeys = new Set<string>();

  const watch = (named: Named, startTime: number): Watched | undefined => {
    const { kind, id, note } = named;
    const key = `${kind} ${id}`;
    if (endedKeys.has(key)) return undefined;
    const known = watched.get(key);
    if (known) return known;
    const attributes = { 'restorekit.kind': kind, 'restorekit.id': id, ...omitUndefined({ 'restorekit.note': note }) };
    const fresh = { span: tracer.startSpan(`restore ${kind}`, { startTime, attributes }), isSeen: true, progress: '' };
    watched.set(key, fresh);
    running.add(1, { 'restorekit.kind': kind });
    return fresh;
  };

  const onPoll = (event: EventOf<'poll'>) => {
    const restore = watch(event, event.at);
    if (!restore) return;
    if (!restore.isSeen) restore.span.addEvent('seen again', {}, event.at);
    restore.isSeen = true;
    const { state, percent } = event;
    const progress = `${state} ${percent}`;
    if (progress !== restore.progress)
      restore.span.addEvent('poll', { state, ...omitUndefined({ percent }) }, event.at);
    restore.progress = progress;
  };

  const onOutage = (event: EventOf<'outage'>) => {
    const restore = watch(event, event.since);
    if (restore?.isSeen) restore.span.addEvent('outage', { reason: messageOf(event.error) }, event.since);
    if (restore) restore.isSeen = false;
  };

  const onWaitEnded = (event: EventOf<'wait-ended'>) => {
    const { at, kind, id, startedAt, outcome, polls, unreachableMs, error } = event;
    if (outcome === 'ready') return;
    const restore = watch(event, startedAt);
    if (!restore) return;
    const key = `${kind} ${id}`;
    watched.delete(key);
    endedKeys.add(key);
    const [oldest] = endedKeys;
    if (oldest !== undefined && endedKeys.size > MOST_ENDED) endedKeys.delete(oldest);
    const { span } = restore;
    span.setAttributes({
      'restorekit.outcome': outcome,
      'restorekit.polls': polls,
      'restorekit.unreachable_ms': unreachableMs,
    });
    if (outcome === 'succeeded') span.setStatus({ code: SpanStatusCode.OK });
    else span.setStatus({ code: SpanStatusCode.ERROR, message: error === undefined ? outcome : messageOf(error) });
    span.end(at);
    const labels = { 'restorekit.kind': kind, 'restorekit.outcome': outcome };
    running.add(-1, { 'restorekit.kind': kind });
    ended.add(1, labels);
    duration.record((at - startedAt) / 1_000, labels);
    unreachable.record(unreachableMs / 1_000, labels);
  };

  return (event) => {
    if (event.type === 'started') watch(event, event.startedAt);
    else if (event.type === 'poll') onPoll(event);
    else if (event.type === 'outage') onOutage(event);
    else if (event.type === 'wait-ended') onWaitEnded(event);
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
