import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { CallOptions as CallOptionsOfTransport } from '../http/call.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { checkOwnPage } from './own-session.ts';
import { listed, type PageOptions } from './pages.ts';
import { EventSchema } from './schemas.ts';
import { type SessionEvent, toSessionEvent } from './session-event.ts';
import type { VeeamSystem } from './veeam-system.ts';

export function eventsOf(
  system: VeeamSystem,
  sessionId: string,
  options: PageOptions & CallOptions,
): Items<SessionEvent> {
  return listed({
    system,
    send: (query) => system.dialect.listEvents(sessionId, query),
    schema: EventSchema,
    toItem: toSessionEvent,
    options,
  });
}

const ONE_LONG_PAGE = 1_000;

/** All events of a session, over all pages, never asked for again. */
export function readEvents(
  system: VeeamSystem,
  sessionId: string,
  options: Pick<CallOptionsOfTransport, 'signal' | 'requestTimeoutMs'>,
): Promise<SessionEvent[]> {
  const { signal, requestTimeoutMs } = options;
  return listed({
    system,
    send: (query) => system.dialect.listEvents(sessionId, query),
    schema: EventSchema,
    toItem: toSessionEvent,
    mode: 'poll',
    check: (answer) => checkOwnPage(sessionId, answer),
    options: { ...omitUndefined({ signal, requestTimeoutMs }), limit: ONE_LONG_PAGE },
  }).toArray();
}

/** One event in a sentence, in the words of the server. */
export function describeEvent({ id, title, message, status, target, startTime, endTime }: SessionEvent): string {
  const times = [startTime && `begun ${startTime.toISOString()}`, endTime && `ended ${endTime.toISOString()}`];
  const parts = [title ?? message ?? `event ${id}`, status, target && `to ${target}`, ...times].filter(Boolean);
  return `${parts.join(', ')}.`;
}
