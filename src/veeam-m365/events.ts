import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { VeeamContext } from './context.ts';
import { listed, type PageOptions, wholeList } from './pages.ts';
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

/** All events of a session in one poll, never retried; undefined where they do not fit into it, or cannot be had. */
export async function glanceAtEvents(
  context: VeeamContext,
  sessionId: string,
  signal: AbortSignal | undefined,
): Promise<readonly SessionEvent[] | undefined> {
  try {
    const { body } = await context.system.poll(context.dialect.listEvents(sessionId, { limit: ONE_LONG_PAGE }), {
      signal,
    });
    return wholeList(EventSchema, body)?.map(toSessionEvent);
  } catch {
    return undefined;
  }
}
