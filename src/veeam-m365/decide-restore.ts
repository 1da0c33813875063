import type { Warning } from '../operation/status.ts';
import { isObject, type JsonObject, textOf } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { type Mailbox, toMailbox } from './mailbox.ts';
import type { ItemCounts, MailboxOutcome, RestoreOutcome } from './restore-outcome.ts';
import { MailboxSchema } from './schemas.ts';

type State = RestoreOutcome['state'];

/** An answer that was understood, and the counters that it really had. */
interface Counted {
  readonly counts: ItemCounts;
  readonly isCounted: boolean;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly brokeOff: boolean;
}

const COUNTERS = {
  created: 'createdItemsCount',
  merged: 'mergedItemsCount',
  skipped: 'skippedItemsCount',
  failed: 'failedItemsCount',
  failedFolders: 'failedFoldersCount',
} as const satisfies Record<keyof ItemCounts, string>;

const OTHERS = ['cannotContinueError', 'exceptions', 'warnings'];

/** Reads the answer to the restore of one mailbox; undefined where it is not understood, and the end not known. */
export function decideRestore(body: unknown): RestoreOutcome | undefined {
  const counted = isObject(body) ? readCounters(body) : undefined;
  // Without a counter or an error, nothing tells how it went (VM-14).
  if (!counted || (!counted.isCounted && counted.errors.length === 0)) return undefined;
  const { counts, isCounted, errors } = counted;
  const nothingRestored = isCounted && errors.length === 0 && isZero(counts);
  const warnings = counted.warnings.map((message) => ({ message }));
  return withRaw(
    {
      state: stateOf(counted),
      ...counts,
      nothingRestored,
      warnings: [...warnings, ...ownWarnings({ nothingRestored, isCounted: isCounted || errors.length > 0 })],
      errors,
    },
    body,
  );
}

/**
 * The same for several mailboxes: an overall word, and counters for each (VM-14). The server may list fewer than were
 * asked for, so they are compared by their ids.
 */
export function decideBulkRestore(body: unknown, asked: readonly Mailbox[]): RestoreOutcome | undefined {
  if (!isObject(body)) return undefined;
  const word = textOf(body.status)?.toLowerCase();
  if (word !== undefined && !isEnd(word)) return undefined;
  const details = Array.isArray(body.details) ? body.details.map(readDetail) : [];
  if (details.some((detail) => detail === undefined)) return undefined;
  const parts = details.filter((detail) => detail !== undefined);
  const { missing, unasked } = compare(
    asked,
    parts.map(({ outcome }) => outcome.mailbox),
  );
  // A word alone says nothing of a mailbox, and details of none of them may be those of another call.
  if (missing.length === asked.length && (word !== 'failed' || parts.length > 0)) return undefined;
  const unlisted = parts.length === 0 ? [] : missing;

  const outcomes = parts.map(({ outcome }) => outcome);
  const ownError = textOf(body.error);
  const counts = sum(outcomes);
  const isCounted = parts.length > 0 && parts.every((part) => part.isCounted);
  const errors = [
    ...(ownError ? [ownError] : []),
    ...outcomes.flatMap(({ mailbox, errors: each }) => each.map((text) => `${nameOf(mailbox)}${text}`)),
    ...unlisted.map(
      (mailbox) => `${nameOf(mailbox)}The answer does not list it: it was not restored, or it is not told.`,
    ),
  ];
  const hasFailures =
    unlisted.length > 0 || ownError !== undefined || outcomes.some(({ state }) => state !== 'succeeded');
  const hasRestored = outcomes.some(({ state, created, merged }) => state === 'succeeded' || created + merged > 0);
  const state = word === 'failed' ? 'failed' : !hasFailures ? 'succeeded' : hasRestored ? 'partial' : 'failed';
  const nothingRestored = isCounted && state === 'succeeded' && isZero(counts);
  const warnings: Warning[] = outcomes.flatMap(({ mailbox, warnings: each }) =>
    each.map((text) => ({ message: `${nameOf(mailbox)}${text}` })),
  );
  if (word === 'warning' && state === 'succeeded' && warnings.length === 0) {
    warnings.push({ message: 'The server calls the whole a Warning and names none.' });
  }
  for (const mailbox of unasked) {
    const message = `${nameOf(mailbox)}The answer lists this mailbox, which was not asked for.`;
    warnings.push({ code: 'unrequested-mailbox', message });
  }
  return withRaw(
    {
      state,
      ...counts,
      nothingRestored,
      warnings: [...warnings, ...ownWarnings({ nothingRestored, isCounted: isCounted || errors.length > 0 })],
      errors,
      mailboxes: outcomes,
      ...(unlisted.length === 0 ? {} : { missingMailboxes: unlisted }),
    },
    body,
  );
}

/** Which of the mailboxes that were asked for are not listed, and which are listed and were not asked for. */
function compare(asked: readonly Mailbox[], listed: readonly (Mailbox | undefined)[]) {
  const askedFor = new Set(asked.map(({ id }) => id.toLowerCase()));
  const told = new Set(listed.flatMap((mailbox) => mailbox?.id.toLowerCase() ?? []));
  return {
    missing: asked.filter(({ id }) => !told.has(id.toLowerCase())),
    unasked: listed.filter((mailbox) => mailbox !== undefined && !askedFor.has(mailbox.id.toLowerCase())),
  };
}

function stateOf({ counts, errors, brokeOff }: Counted): State {
  if (brokeOff) return 'failed';
  if (counts.failed + counts.failedFolders === 0 && errors.length === 0) return 'succeeded';
  return counts.created + counts.merged > 0 ? 'partial' : 'failed';
}

function readCounters(body: JsonObject): Counted | undefined {
  const names = Object.keys(body);
  const known: readonly string[] = [...Object.values(COUNTERS), ...OTHERS];
  // Every field is optional, so an empty object is an answer; one with nothing but other fields is none.
  if (names.length > 0 && !names.some((name) => known.includes(name))) return undefined;
  const counts: { -readonly [Name in keyof ItemCounts]: number } = {
    created: 0,
    merged: 0,
    skipped: 0,
    failed: 0,
    failedFolders: 0,
  };
  let isCounted = false;
  for (const [name, wire] of Object.entries(COUNTERS) as [keyof ItemCounts, string][]) {
    const value = body[wire];
    if (value === null || value === undefined) continue;
    const count = toCount(value);
    if (count === undefined) return undefined;
    counts[name] = count;
    isCounted = true;
  }
  const cannotContinue = textOf(body.cannotContinueError);
  return {
    counts,
    isCounted,
    errors: [...(cannotContinue ? [cannotContinue] : []), ...toTexts(body.exceptions)],
    warnings: toTexts(body.warnings),
    brokeOff: cannotContinue !== undefined,
  };
}

function readDetail(detail: unknown) {
  if (!isObject(detail)) return undefined;
  const counted = readCounters(isObject(detail.details) ? detail.details : {});
  if (!counted) return undefined;
  const word = textOf(detail.status)?.toLowerCase();
  const error = textOf(detail.error);
  const errors = [...(error ? [error] : []), ...counted.errors];
  // 'Running', a new word, or neither a word nor a counter: how this mailbox went is not told.
  const isTold = word === undefined ? counted.isCounted || errors.length > 0 : isEnd(word);
  if (!isTold) return undefined;
  const byCounters = stateOf({ ...counted, errors });
  const state: State = word === 'failed' && byCounters === 'succeeded' ? 'failed' : byCounters;
  const isBareWarning = word === 'warning' && state === 'succeeded' && counted.warnings.length === 0;
  const mailbox = z.safeParse(MailboxSchema, detail.mailbox).data;
  const outcome: MailboxOutcome = {
    ...(mailbox ? { mailbox: toMailbox(mailbox) } : {}),
    state,
    ...counted.counts,
    warnings: isBareWarning ? ['The server calls this a Warning and names none.'] : counted.warnings,
    errors,
  };
  return { outcome, isCounted: counted.isCounted };
}

/** Numbers may come as text; whatever else is no count (VM-14). */
function toCount(value: unknown): number | undefined {
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}

function toTexts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: unknown) => {
    if (typeof each === 'string') return textOf(each) ?? [];
    return (isObject(each) ? textOf(each.message) : undefined) ?? JSON.stringify(each) ?? [];
  });
}

function ownWarnings(known: { nothingRestored: boolean; isCounted: boolean }): readonly Warning[] {
  if (known.nothingRestored) {
    const message =
      'Nothing was restored: the server counts no item at all. Is the session of a moment before the first backup?';
    return [{ code: 'nothing-restored', message }];
  }
  if (known.isCounted) return [];
  return [{ code: 'not-counted', message: 'The server told no counters: how much was restored is not known.' }];
}

function sum(outcomes: readonly ItemCounts[]): ItemCounts {
  const of = (name: keyof ItemCounts) => outcomes.reduce((total, each) => total + each[name], 0);
  return {
    created: of('created'),
    merged: of('merged'),
    skipped: of('skipped'),
    failed: of('failed'),
    failedFolders: of('failedFolders'),
  };
}

function isZero(counts: ItemCounts): boolean {
  return Object.keys(COUNTERS).every((name) => counts[name as keyof ItemCounts] === 0);
}

/** Whether a word tells of an end. */
function isEnd(word: string): boolean {
  return word === 'success' || word === 'warning' || word === 'failed';
}

function nameOf(mailbox: MailboxOutcome['mailbox']): string {
  return mailbox ? `${mailbox.name ?? mailbox.email ?? mailbox.id}: ` : '';
}

function withRaw(visible: Omit<RestoreOutcome, 'raw'>, raw: unknown): RestoreOutcome {
  return Object.defineProperty(visible, 'raw', { value: raw, enumerable: false }) as RestoreOutcome;
}
