import type { Warning } from '../operation/status.ts';
import { wholeList } from './pages.ts';
import { ItemSchema } from './session-item.ts';
import { type GetPath, readBelow } from './session-requests.ts';
import type { RestoreSessionType } from './session-type.ts';
import type { VeeamSystem } from './veeam-system.ts';

const TIMEOUT_MS = 10_000;

/** What is at the top of a session of each product. */
const TOPS: Readonly<Record<RestoreSessionType, { readonly path: GetPath; readonly things: string }>> = {
  vex: { path: '/organization/mailboxes', things: 'mailbox' },
  veod: { path: '/Organization/OneDrives', things: 'OneDrive' },
  vesp: { path: '/Organization/Sites', things: 'site' },
  vet: { path: '/organization/teams', things: 'team' },
};

/**
 * A warning where nothing is in a session that works: the server opens an empty one without a word (VM-9). One page of one item
 * is read, once. It is not known where the read fails or takes long, as it may in a large organization.
 */
export async function emptySessionWarnings(
  system: VeeamSystem,
  { id, type }: { readonly id: string; readonly type: RestoreSessionType },
  signal: AbortSignal | undefined,
): Promise<readonly Warning[]> {
  const { path, things } = TOPS[type];
  try {
    const request = readBelow({ system, id }, path, {}, { limit: 1 });
    const { body } = await system.transport.send(request, { mode: 'poll', signal, requestTimeoutMs: TIMEOUT_MS });
    if (wholeList(ItemSchema, body)?.length !== 0) return [];
  } catch {
    signal?.throwIfAborted();
    return [];
  }
  const message = `Nothing was found in the session: it shows no ${things}. Compare its moment and its type with the backups.`;
  return [{ code: 'nothing-found', message }];
}
