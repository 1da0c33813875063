import * as z from 'zod/mini';
import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import type { Room } from './dialect.ts';
import { isLast, listed, type PageOptions } from './pages.ts';
import { EventSchema, listSchema } from './schemas.ts';
import { type SessionEvent, toSessionEvent } from './session-event.ts';

export function eventsOf(room: Room, sessionId: string, options: PageOptions & CallOptions): Items<SessionEvent> {
  return listed({
    system: room.system,
    send: (query) => room.dialect.listEvents(sessionId, query),
    schema: EventSchema,
    toItem: toSessionEvent,
    options,
  });
}

const ONE_LONG_PAGE = 1_000;
const PageSchema = listSchema(EventSchema);

/** All events of a session in one look, never retried; undefined where they do not fit into it, or cannot be had. */
export async function glanceAtEvents(
  room: Room,
  sessionId: string,
  signal: AbortSignal | undefined,
): Promise<readonly SessionEvent[] | undefined> {
  try {
    const { body } = await room.system.look(room.dialect.listEvents(sessionId, { limit: ONE_LONG_PAGE }), { signal });
    const page = z.safeParse(PageSchema, body).data;
    if (page === undefined) return undefined;
    if (Array.isArray(page)) return page.map(toSessionEvent);
    return isLast(page, page.results.length) ? page.results.map(toSessionEvent) : undefined;
  } catch {
    return undefined;
  }
}
