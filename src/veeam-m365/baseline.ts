import type { CallOptions } from '../http/call.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { listed, wholeList } from './pages.ts';
import { SessionSchema } from './schemas.ts';
import { type RestoreSessionInfo, toSessionInfo } from './session-info.ts';
import { keyOf } from './session-key.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** The sessions that were listed before a start. */
export interface Baseline {
  /** Their ids, in lower case. */
  readonly ids: readonly string[];
  /** Only sessions since this time were read, by the server's clock. Undefined if all were read. */
  readonly startTimeFrom?: string | undefined;
  /** How often this client had logged in. */
  readonly logins: number;
  /** How far the server's clock was ahead of ours, in milliseconds. */
  readonly serverAheadMs?: number | undefined;
}

const ONE_LONG_PAGE = 1_000;
const TIMEOUT_MS = 10_000;
/** A `Date` header has whole seconds, and a gateway that sets it may have a clock of its own. */
const MARGIN_MS = 15 * 60_000;

/** Reads the sessions before one is opened: all of them if they fit into one page, otherwise the recent ones. */
export async function listBefore(system: VeeamSystem, signal: AbortSignal | undefined): Promise<Baseline> {
  const { transport, dialect } = system;
  const answer = await transport.send(dialect.listSessions({ limit: ONE_LONG_PAGE }), {
    mode: 'poll',
    signal,
    requestTimeoutMs: TIMEOUT_MS,
  });
  const all = wholeList(SessionSchema, answer.body);
  const startTimeFrom = all ? undefined : lately(system);
  const sessions =
    all ?? (await listSessions(system, { startTimeFrom }, { signal, requestTimeoutMs: TIMEOUT_MS }, 'poll'));
  const { logins, serverAheadMs } = transport;
  return { ids: sessions.map(({ id }) => keyOf(id)), startTimeFrom, logins, serverAheadMs };
}

/** The sessions over all pages. */
export function listSessions(
  system: VeeamSystem,
  range: { readonly startTimeFrom?: string | undefined },
  options: Pick<CallOptions, 'signal' | 'requestTimeoutMs'>,
  mode: 'read' | 'poll' = 'read',
): Promise<RestoreSessionInfo[]> {
  const { startTimeFrom } = range;
  const { signal, requestTimeoutMs } = options;
  return listed({
    system,
    send: (query) => system.dialect.listSessions({ ...omitUndefined({ startTimeFrom }), ...query }),
    schema: SessionSchema,
    toItem: toSessionInfo,
    mode,
    options: { ...omitUndefined({ signal, requestTimeoutMs }), limit: ONE_LONG_PAGE },
  }).toArray();
}

/** A little before now, by the server's clock. Undefined if the server has never sent its time. */
function lately({ transport, clock }: VeeamSystem): string | undefined {
  const aheadMs = transport.serverAheadMs;
  return aheadMs === undefined ? undefined : new Date(clock.now() + aheadMs - MARGIN_MS).toISOString();
}
