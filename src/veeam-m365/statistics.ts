import type { paths } from '../../generated/veeam-m365-v8.d.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { ServerError } from '../errors/server-error.ts';
import { isObject, type JsonObject, textOf } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { isSince } from './api-version.ts';
import { toCount, toTexts } from './counters.ts';
import type { RestoredItem } from './restore-result.ts';
import { requestsOf } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** What the server counts of a restore that has a session of its own. */
export interface RestoreStatistics {
  readonly total: number;
  readonly restored: number;
  readonly failed: number;
  readonly skipped: number;
  readonly items: readonly StatisticsItem[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
  readonly raw: JsonObject;
}

export interface StatisticsItem extends RestoredItem {
  /** The address of a mailbox. */
  readonly email?: string;
  /** Whether it is a mailbox or a OneDrive as a whole. */
  readonly isWhole: boolean;
  readonly items?: readonly StatisticsItem[];
}

/**
 * Reads the statistics of the session of a restore. Undefined where the server has none, which `isBroken` counts for a 500:
 * what is below a session that has stopped may be answered so (VM-16).
 * @throws {UnexpectedResponseError} the answer is not understood
 */
export async function readStatistics(
  system: VeeamSystem,
  restoreSessionId: string,
  options: { readonly signal?: AbortSignal | undefined; readonly isBroken: () => boolean },
): Promise<RestoreStatistics | undefined> {
  const { signal, isBroken } = options;
  const { version } = system.dialect;
  // A restore of an operator has a session of its own in v6 and v7, too, which have no statistics.
  if (!isSince(version, 'v8')) return undefined;
  const request = requestsOf<paths>(version);
  const send = request('get', '/RestoreSessions/{restoreSessionId}/Statistics', {
    params: { path: { restoreSessionId } },
  });
  try {
    // A list of all mailboxes may be long.
    const answer = await system.transport.send(send, { mode: 'read', signal });
    const statistics = toStatistics(system.transport.json(answer));
    if (statistics) return statistics;
    throw system.transport.unexpected('The statistics of the restore do not have the documented shape.', answer);
  } catch (error) {
    if (NotFoundError.isInstance(error)) return undefined;
    if (ServerError.isInstance(error) && error.status === 500 && isBroken()) return undefined;
    throw error;
  }
}

function toStatistics(body: unknown): RestoreStatistics | undefined {
  if (!isObject(body) || !Array.isArray(body.items)) return undefined;
  const [total, restored, failed, skipped] = [
    toCount(body.totalItemsCount),
    toCount(body.restoredItemsCount),
    toCount(body.failedItemsCount),
    toCount(body.skippedItemsCount),
  ];
  if (total === undefined || restored === undefined || failed === undefined || skipped === undefined) return undefined;
  const items = toItems(body.items);
  return {
    total,
    restored,
    failed,
    skipped,
    items,
    warnings: toTexts(body.warnings),
    errors: toTexts(body.errors),
    raw: body,
  };
}

function toItems(items: readonly unknown[]): readonly StatisticsItem[] {
  return items.filter(isObject).map(toItem);
}

function toItem(wire: JsonObject): StatisticsItem {
  const counts = omitUndefined({
    created: toCount(wire.createdMailboxItemsCount),
    merged: toCount(wire.mergedMailboxItemsCount),
    skipped: toCount(wire.skippedMailboxItemsCount),
    failed: toCount(wire.failedMailboxItemsCount),
  });
  const children = Array.isArray(wire.childItems) ? toItems(wire.childItems) : [];
  const broken = textOf(wire.cannotContinueMailboxError);
  const error = textOf(wire.error);
  const errors = [...(error ? [error] : []), ...(broken && broken !== error ? [broken] : [])];
  const kind = textOf(wire.itemRestoreDetailsType)?.toLowerCase() ?? '';
  const type = textOf(wire.itemType);
  const item = {
    ...omitUndefined({
      id: textOf(wire.id),
      name: textOf(wire.name) ?? textOf(wire.title),
      path: textOf(wire.path) ?? textOf(wire.oneDriveUrl),
      email: textOf(wire.mailboxEmail),
      type,
    }),
    ...counts,
    ...(counts.created !== undefined || counts.merged !== undefined
      ? { restored: (counts.created ?? 0) + (counts.merged ?? 0) }
      : {}),
    isWhole: kind.startsWith('bulk') || type?.toLowerCase() === 'exchangemailbox',
    ...(children.length > 0 ? { items: children } : {}),
  };
  const state = stateOf(textOf(wire.status)?.toLowerCase(), {
    failed: counts.failed ?? 0,
    restored: (counts.created ?? 0) + (counts.merged ?? 0),
    hasErrors: errors.length > 0,
    isBroken: broken !== undefined,
    children,
  });
  const known = KNOWN.includes(textOf(wire.status)?.toLowerCase());
  const odd = known ? [] : [`Its status is ${textOf(wire.status)}, which is not known.`];
  return { ...item, state, warnings: [...toTexts(wire.warnings), ...odd], errors };
}

const KNOWN: readonly (string | undefined)[] = ['success', 'warning', 'failed', 'skipped', undefined];

/** The word alone is not believed: an item whose children have failed is no success. */
function stateOf(
  word: string | undefined,
  seen: {
    readonly failed: number;
    readonly restored: number;
    readonly hasErrors: boolean;
    readonly isBroken: boolean;
    readonly children: readonly RestoredItem[];
  },
): RestoredItem['state'] {
  const isBad =
    seen.failed > 0 || seen.hasErrors || seen.children.some(({ state }) => state === 'failed' || state === 'partial');
  const hasRestored =
    seen.restored > 0 || seen.children.some(({ state }) => state === 'succeeded' || state === 'partial');
  if (seen.isBroken) return hasRestored ? 'partial' : 'failed';
  if (word === 'failed') return hasRestored ? 'partial' : 'failed';
  if (isBad) return hasRestored || word === 'success' || word === 'warning' ? 'partial' : 'failed';
  if (word === 'skipped') return 'skipped';
  return KNOWN.includes(word) ? 'succeeded' : 'partial';
}
