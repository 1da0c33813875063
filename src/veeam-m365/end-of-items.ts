import type { StatusDraft, Warning } from '../operation/status.ts';
import { isObject, type JsonObject, textOf } from '../protocols/poll-response.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { toCount, toTexts } from './counters.ts';
import type { RestoreFacts } from './restore-facts.ts';
import { issuesOf, type RestoreCounts, type RestoredItem, type SessionRestoreResult } from './restore-result.ts';
import { type EndState, resultOf, statusOf } from './restore-status.ts';
import { NOT_COUNTED, NOTHING_RESTORED } from './restore-warnings.ts';

type Status = StatusDraft<SessionRestoreResult>;

/** Counters of OneDrive, SharePoint and Teams, none of which is required (VM-14). */
const COUNTERS = {
  total: ['totalItemsCount'],
  restored: ['restoredItemsCount'],
  skipped: ['skippedItemsCount', 'skippedItemsByNoChangesCount', 'skippedItemsByErrorCount'],
  failed: ['failedItemsCount', 'failedListsCount', 'failedWebsCount'],
} as const;
/** The answer for a site counts lists and sites. */
const PARTS = ['restoredListsCount', 'restoredWebsCount'];
const NOT_RESTORED = ['failedItemsCount', 'failedListsCount', 'failedWebsCount', 'skippedItemsByErrorCount'];
const OTHERS = ['failedRestrictionsCount', 'restoreIssues', 'skippedItemsByErrorCount'];
const KNOWN: readonly string[] = [...Object.values(COUNTERS).flat(), ...PARTS, ...OTHERS];

/**
 * The end of a restore of OneDrive, SharePoint or Teams by its answer, up to v7. Undefined if the answer is not
 * understood.
 */
export function endOfItems(body: unknown, facts: RestoreFacts): Status | undefined {
  if (!isObject(body)) return undefined;
  return facts.isBulk ? endOfSeveral(body, facts) : endOfOne(body, facts);
}

function endOfOne(body: JsonObject, facts: RestoreFacts): Status | undefined {
  if (!Object.keys(body).some((name) => KNOWN.includes(name))) return undefined;
  const numbers = numbersIn(body);
  const items = issuesIn(body.restoreIssues);
  if (!numbers || !items) return undefined;
  const counts = countsOf(numbers);
  const isCounted = Object.keys(counts).length > 0;
  if (!isCounted && items.length === 0) return undefined;
  const unrestored = sumOf(numbers, NOT_RESTORED);
  const errors = errorsOf(numbers);
  const isBad = unrestored > 0 || items.some(({ state }) => state === 'failed');
  const warnings = warningsOf(numbers, items);
  const isNothing = isCounted && !isBad && Object.values(counts).every((count) => count === 0);
  return statusOf({
    state: !isBad ? 'succeeded' : (counts.restored ?? 0) > 0 ? 'partial' : 'failed',
    result: { ...resultOf(facts), ...counts, items, ...issuesOf({ errors }, items) },
    warnings: [...warnings, ...(isNothing ? [NOTHING_RESTORED] : []), ...(isCounted ? [] : [NOT_COUNTED])],
    raw: body,
  });
}

/** The answer for several OneDrives: a status for each, and no counter of items (VM-14). They are compared by id. */
function endOfSeveral(body: JsonObject, facts: RestoreFacts): Status | undefined {
  const word = stateOf(body.status);
  if (body.status !== undefined && word === undefined) return undefined;
  const details = Array.isArray(body.details) ? body.details.map(detailOf) : [];
  const items = details.filter((item) => item !== undefined);
  if (items.length < details.length) return undefined;
  const listed = new Set(items.map(({ id }) => id?.toLowerCase()));
  const missing = facts.mailboxes.filter(({ id }) => !listed.has(id.toLowerCase())).map(unlisted);
  // Details of others only may belong to another call, and a status alone says nothing about one of them.
  if (missing.length === facts.mailboxes.length && (word !== 'failed' || items.length > 0)) return undefined;
  const own = textOf(body.error);
  const all = items.length === 0 ? [] : [...items, ...missing];
  const isWhole = own === undefined && all.every(({ state }) => state === 'succeeded');
  const hasRestored = all.some(({ state }) => state === 'succeeded' || state === 'partial');
  const isWarning = /^warning$/i.test(textOf(body.status) ?? '');
  const told = all.some(({ warnings }) => warnings.length > 0);
  return statusOf<SessionRestoreResult>({
    state: word === 'failed' ? 'failed' : isWhole ? 'succeeded' : hasRestored ? 'partial' : 'failed',
    result: { ...resultOf(facts), items: all, ...issuesOf({ errors: own ? [own] : [] }, all) },
    warnings: [
      ...all.flatMap((item) => item.warnings.map((message) => ({ message: `${item.name ?? item.id}: ${message}` }))),
      ...(isWarning && isWhole && !told
        ? [{ message: 'The overall status is Warning, and the answer has no warning.' }]
        : []),
      ...items
        .filter(({ id }) => !facts.mailboxes.some((asked) => asked.id.toLowerCase() === id?.toLowerCase()))
        .map(({ id, name }) => ({
          code: 'unrequested-item',
          message: `${name ?? id}: The answer lists it, and it was not asked for.`,
        })),
      NOT_COUNTED,
    ],
    raw: body,
  });
}

function detailOf(detail: unknown): RestoredItem | undefined {
  if (!isObject(detail)) return undefined;
  const { id, name, url } = isObject(detail.oneDrive) ? detail.oneDrive : {};
  const inner = isObject(detail.details) ? detail.details : {};
  const numbers = numbersIn(inner);
  const inside = issuesIn(inner.restoreIssues);
  const word = stateOf(detail.status);
  const error = textOf(detail.error);
  if (!numbers || !inside || (word === undefined && error === undefined)) return undefined;
  const hasFailures = inside.some(({ state }) => state === 'failed') || sumOf(numbers, NOT_RESTORED) > 0;
  const state: EndState =
    word === 'failed' || (word === undefined && error !== undefined)
      ? 'failed'
      : hasFailures || error !== undefined
        ? 'partial'
        : 'succeeded';
  const isBareWarning = /^warning$/i.test(textOf(detail.status) ?? '') && state === 'succeeded' && inside.length === 0;
  return {
    ...omitUndefined({ id: textOf(id), name: textOf(name) ?? textOf(url) }),
    type: 'OneDrive',
    state,
    warnings: [
      ...restrictions(numbers),
      ...(isBareWarning ? ['The status is Warning, and the answer has no warning.'] : []),
    ],
    errors: error === undefined ? [] : [error],
    ...(inside.length === 0 ? {} : { items: inside }),
  };
}

function unlisted({ id, name }: { readonly id: string; readonly name?: string | undefined }): RestoredItem {
  const errors = ['The answer does not list it. It may not have been restored.'];
  return { id, ...omitUndefined({ name }), state: 'failed', warnings: [], errors };
}

/** The things that an answer complains about. Undefined if the list is not understood. */
function issuesIn(list: unknown): readonly RestoredItem[] | undefined {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list) || !list.every(isObject)) return undefined;
  return list.map((issue) => {
    const error = textOf(issue.error);
    return {
      ...omitUndefined({
        id: textOf(issue.id),
        name: textOf(issue.title) ?? textOf(issue.name),
        path: textOf(issue.path),
        type: textOf(issue.type),
      }),
      state: error === undefined ? 'succeeded' : 'failed',
      warnings: toTexts(issue.warnings),
      errors: error === undefined ? [] : [error],
    };
  });
}

type Numbers = Readonly<Record<string, number>>;

/** The counters of an answer. Undefined if one is no number. */
function numbersIn(body: JsonObject): Numbers | undefined {
  const numbers: Record<string, number> = {};
  for (const name of KNOWN) {
    const value = body[name];
    if (name === 'restoreIssues' || value === undefined || value === null) continue;
    const count = toCount(value);
    if (count === undefined) return undefined;
    numbers[name] = count;
  }
  return numbers;
}

function countsOf(numbers: Numbers): RestoreCounts {
  const of = (names: readonly string[]) =>
    names.some((name) => numbers[name] !== undefined) ? sumOf(numbers, names) : undefined;
  const restored = of(COUNTERS.restored) ?? of(PARTS);
  const failed = of(COUNTERS.failed);
  const parts = numbers.totalItemsCount === undefined ? of([...PARTS, ...COUNTERS.failed]) : undefined;
  return omitUndefined({
    total: of(COUNTERS.total) ?? parts,
    restored,
    skipped: of(COUNTERS.skipped),
    failed,
  });
}

function sumOf(numbers: Numbers, names: readonly string[]): number {
  return names.reduce((total, name) => total + (numbers[name] ?? 0), 0);
}

function errorsOf({ skippedItemsByErrorCount: skipped = 0 }: Numbers): readonly string[] {
  return skipped > 0 ? [`${skipped} items were left out after an error.`] : [];
}

function warningsOf(numbers: Numbers, items: readonly RestoredItem[]): readonly Warning[] {
  return [
    ...restrictions(numbers).map((message) => ({ message })),
    ...items.flatMap(({ name, path, id, warnings }) =>
      warnings.map((message) => ({ message: `${name ?? path ?? id ?? 'An item'}: ${message}` })),
    ),
  ];
}

function restrictions({ failedRestrictionsCount: count = 0 }: Numbers): readonly string[] {
  return count > 0 ? [`${count} restrictions of access could not be restored.`] : [];
}

function stateOf(status: unknown): EndState | undefined {
  switch (textOf(status)?.toLowerCase()) {
    case 'success':
      return 'succeeded';
    case 'warning':
      return 'partial';
    case 'failed':
      return 'failed';
    default:
      return undefined;
  }
}
