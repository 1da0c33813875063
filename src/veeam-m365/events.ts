import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { CallOptions as CallOptionsOfTransport } from '../http/call.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { VeeamContext } from './context.ts';
import { listed, type PageOptions } from './pages.ts';
import { EventSchema } from './schemas.ts';
import { type SessionEvent, toSessionEvent } from './session-event.ts';

export function eventsOf(
  context: VeeamContext,
  sessionId: string,
  options: PageOptions & CallOptions,
): Items<SessionEvent> {
  return listed({
    system: context.system,
    send: (query) => context.dialect.listEvents(sessionId, query),
    schema: EventSchema,
    toItem: toSessionEvent,
    options,
  });
}

const ONE_LONG_PAGE = 1_000;

/** All events of a session, over all pages, never asked for again. */
export function readEvents(
  context: VeeamContext,
  sessionId: string,
  options: Pick<CallOptionsOfTransport, 'signal' | 'requestTimeoutMs'>,
): Promise<SessionEvent[]> {
  const { signal, requestTimeoutMs } = options;
  return listed({
    system: context.system,
    send: (query) => context.dialect.listEvents(sessionId, query),
    schema: EventSchema,
    toItem: toSessionEvent,
    mode: 'poll',
    options: { ...omitUndefined({ signal, requestTimeoutMs }), limit: ONE_LONG_PAGE },
  }).toArray();
}
