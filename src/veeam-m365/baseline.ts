import { markNotStarted } from '../errors/not-started.ts';
import type { CallOptions } from '../http/call.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { VeeamContext } from './context.ts';
import { listed, wholeList } from './pages.ts';
import { SessionSchema } from './schemas.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';

/** The sessions that were there before a start. */
export interface Baseline {
  readonly ids: ReadonlySet<string>;
  /** Only sessions that began at this time or later were read, by the server's clock; undefined where all were read. */
  readonly startTimeFrom?: string;
  readonly logins: number;
}

const ONE_LONG_PAGE = 1_000;
const TIMEOUT_MS = 10_000;
/** A `Date` header has whole seconds, and a gateway that sets it may have a clock of its own. */
const MARGIN_MS = 15 * 60_000;

/**
 * What sessions there are before one is opened: all of them where they fit into one page, else those that began lately
 * by the server's clock. Never in the way: undefined where they cannot be read at once.
 */
export async function takeBaseline(
  context: VeeamContext,
  signal: AbortSignal | undefined,
): Promise<Baseline | undefined> {
  const { system, dialect } = context;
  const { transport } = system;
  try {
    const answer = await transport.send(dialect.listSessions({ limit: ONE_LONG_PAGE }), {
      mode: 'poll',
      signal,
      requestTimeoutMs: TIMEOUT_MS,
    });
    const all = wholeList(SessionSchema, answer.body);
    if (all) return { ids: idsOf(all), logins: transport.logins };
    const startTimeFrom = lately(context);
    const sessions = await listSessions(context, { startTimeFrom }, { signal, requestTimeoutMs: TIMEOUT_MS }, 'poll');
    return {
      ids: idsOf(sessions),
      ...(startTimeFrom === undefined ? {} : { startTimeFrom }),
      logins: transport.logins,
    };
  } catch {
    // Nothing has been sent that starts anything.
    if (signal?.aborted) throw markNotStarted(signal.reason);
    return undefined;
  }
}

/** The sessions over all pages. */
export function listSessions(
  { system, dialect }: VeeamContext,
  range: { readonly startTimeFrom?: string | undefined },
  options: Pick<CallOptions, 'signal' | 'requestTimeoutMs'>,
  mode: 'read' | 'poll' = 'read',
): Promise<RestoreSessionInfo[]> {
  const { startTimeFrom } = range;
  const { signal, requestTimeoutMs } = options;
  return listed({
    system,
    send: (query) => dialect.listSessions({ ...(startTimeFrom === undefined ? {} : { startTimeFrom }), ...query }),
    schema: SessionSchema,
    toItem: toSessionInfo,
    mode,
    options: { ...omitUndefined({ signal, requestTimeoutMs }), limit: ONE_LONG_PAGE },
  }).toArray();
}

/** Ids are compared without their case, as GUIDs are. */
export function keyOf(sessionId: string): string {
  return sessionId.toLowerCase();
}

function idsOf(sessions: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(sessions.map(({ id }) => keyOf(id)));
}

/** A little before now, by the server's clock; undefined where it has never told its time. */
function lately({ system }: VeeamContext): string | undefined {
  const aheadMs = system.transport.serverAheadMs;
  return aheadMs === undefined ? undefined : new Date(system.clock.now() + aheadMs - MARGIN_MS).toISOString();
}
