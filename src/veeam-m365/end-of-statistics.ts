import type { StatusDraft, Warning } from '../operation/status.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { issuesOf, type RestoredItem, type SessionRestoreResult } from './restore-result.ts';
import { type EndState, statusOf } from './restore-status.ts';
import { NOTHING_RESTORED } from './restore-warnings.ts';
import type { RestoreStatistics, StatisticsItem } from './statistics.ts';

/** Something that a restore was asked for. */
export interface Asked {
  readonly id: string;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
}

/** How the session of a restore has ended by its own word, and what it adds. */
export interface EndedSession {
  /** `result` of the session: Success, Warning or Failed. */
  readonly state: EndState;
  /** `details` of the session. */
  readonly details?: string | undefined;
  readonly raw: unknown;
}

type Common = Pick<SessionRestoreResult, 'aftermath' | 'requestedDateTime'>;

/** What the statistics say about what was asked for. */
export interface Judged {
  readonly status: StatusDraft<SessionRestoreResult>;
  /** What was asked for and is not listed. */
  readonly missing: readonly Asked[];
  /** The listed things that are whole mailboxes or OneDrives. */
  readonly whole: readonly StatisticsItem[];
}

/**
 * The end of a restore that has a session of its own (VM-13, VM-15). Neither the result of the session nor a counter alone is
 * believed: a failed item, an item that is not accounted for, and something that was asked for and is not listed make it no
 * success. A result of Failed stays a failure, and a Warning is never more than 'partial'.
 */
export function endOfStatistics(
  statistics: RestoreStatistics,
  session: EndedSession,
  of: { readonly asked: readonly Asked[]; readonly isBulk: boolean; readonly common: Common },
): Judged {
  const { total, restored, failed, skipped, items } = statistics;
  const all = flatten(items);
  const whole = all.filter(({ isWhole }) => isWhole);
  const missing =
    of.isBulk || whole.length > 0 ? of.asked.filter((asked) => !whole.some((item) => isOf(item, asked))) : [];
  const unaccounted = total - restored - failed - skipped;
  const sum = (name: 'created' | 'merged') => {
    const counts = whole.flatMap((item) => item[name] ?? []);
    return counts.length === 0 ? undefined : counts.reduce((one, other) => one + other, 0);
  };
  const [created, merged] = [sum('created'), sum('merged')];
  const itemsRestored = (created ?? 0) + (merged ?? 0);
  const isBad = (item: RestoredItem) => item.state === 'failed' || item.state === 'partial';
  const hasFailure =
    failed > 0 || unaccounted > 0 || missing.length > 0 || statistics.errors.length > 0 || all.some(isBad);
  const hasRestored =
    restored > 0 ||
    itemsRestored > 0 ||
    all.some((item) => item.state === 'partial' || (item.state === 'succeeded' && hasFailure));
  const state = decide(session.state, { hasFailure, hasRestored });
  const isNothing = state === 'succeeded' && restored + skipped + itemsRestored === 0;
  const warnings: Warning[] = [
    ...statistics.warnings.map((message) => ({ message })),
    ...all.flatMap((item) => item.warnings.map((text) => ({ message: `${nameOf(item)}${text}` }))),
    ...contradictions(session.state, { ...statistics, unaccounted, itemsRestored }),
    ...unrequested(whole, of.asked),
    ...(isNothing ? [NOTHING_RESTORED] : []),
  ];
  const { errors, issues } = issuesOf(
    { errors: errorsOf(session, statistics, unaccounted), warnings: statistics.warnings },
    [...items, ...missing.map(unlisted)],
  );
  const result = {
    ...of.common,
    total,
    restored,
    skipped,
    failed,
    ...omitUndefined({ created, merged }),
    errors,
    issues,
    items,
  };
  return { status: statusOf({ state, result, warnings, raw: statistics.raw }), missing, whole };
}

function decide(word: EndState, seen: { readonly hasFailure: boolean; readonly hasRestored: boolean }): EndState {
  if (word === 'failed') return 'failed';
  if (seen.hasFailure) return seen.hasRestored ? 'partial' : 'failed';
  return word;
}

function errorsOf(
  { state, details }: EndedSession,
  { errors }: RestoreStatistics,
  unaccounted: number,
): readonly string[] {
  const own = state === 'succeeded' || details === undefined || errors.includes(details) ? [] : [details];
  const lost = unaccounted > 0 ? [`${unaccounted} items are counted neither as restored, skipped nor failed.`] : [];
  return [...own, ...errors, ...lost];
}

/** Where the server contradicts itself, a person should know. */
function contradictions(
  word: EndState,
  seen: Pick<RestoreStatistics, 'restored' | 'failed'> & {
    readonly unaccounted: number;
    readonly itemsRestored: number;
  },
): readonly Warning[] {
  const { restored, failed, unaccounted, itemsRestored } = seen;
  const texts = [
    ...(word === 'succeeded' && failed > 0 ? [`The session says Success, and ${failed} items failed.`] : []),
    ...(word === 'failed' && restored > 0 ? [`The session says Failed, and ${restored} items were restored.`] : []),
    ...(unaccounted < 0 ? ['More items are counted than there are in all.'] : []),
    ...(itemsRestored > restored
      ? [`${itemsRestored} items of mailboxes were restored, and ${restored} are counted.`]
      : []),
  ];
  return texts.map((message) => ({ code: 'contradictory-statistics', message }));
}

function unrequested(whole: readonly StatisticsItem[], asked: readonly Asked[]): readonly Warning[] {
  if (asked.length === 0) return [];
  return whole
    .filter((item) => !asked.some((each) => isOf(item, each)))
    .map((item) => ({
      code: 'unrequested-mailbox',
      message: `${nameOf(item)}The statistics list it, and it was not asked for.`,
    }));
}

/** By id where both have one; else by address or name. */
function isOf(item: StatisticsItem, asked: Asked): boolean {
  if (item.id?.toLowerCase() === asked.id.toLowerCase()) return true;
  if (item.email !== undefined && asked.email !== undefined) {
    return item.email.toLowerCase() === asked.email.toLowerCase();
  }
  return item.id === undefined && item.name !== undefined && item.name.toLowerCase() === asked.name?.toLowerCase();
}

function unlisted({ id, name, email }: Asked): RestoredItem {
  const errors = ['The statistics do not list it. It may not have been restored.'];
  return { id, ...omitUndefined({ name: name ?? email }), state: 'failed', warnings: [], errors };
}

function flatten(items: readonly StatisticsItem[]): readonly StatisticsItem[] {
  return items.flatMap((item) => [item, ...flatten(item.items ?? [])]);
}

function nameOf({ name, path, id }: RestoredItem): string {
  const text = name ?? path ?? id;
  return text === undefined ? '' : `${text}: `;
}
