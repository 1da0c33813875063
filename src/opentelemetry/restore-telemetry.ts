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

/** One restore that is watched. */
interface Watched {
  readonly span: Span;
  isSeen: boolean;
  /** What the last poll told. */
  progress: string;
}

const NAME = 'restorekit';
/** Ends that are remembered, so that a second wait for the same restore makes no second span. */
const MOST_ENDED = 1_000;

/**
 * A handler for `onEvent` that makes a span of each restore and counts restores. Give it to one client or to several.
 *
 * The span begins with the start, or with the first poll of a restore that another process began. It ends with the first
 * wait that ends. Its events: `poll` where the state or the percentage has changed, `outage`, `seen again`. Its attributes:
 * `restorekit.kind`, `restorekit.id`, `restorekit.note`, `restorekit.outcome`, `restorekit.polls`,
 * `restorekit.unreachable_ms`. Its status is an error for every outcome but 'succeeded'.
 *
 * Metrics: `restorekit.restores.running` (up and down), `restorekit.restores.ended`, and in seconds
 * `restorekit.restores.duration` and `restorekit.restores.unreachable`, the last three by kind and outcome. A restore whose
 * process dies is in none of them.
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
