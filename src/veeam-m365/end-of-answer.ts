import type { StatusDraft } from '../operation/status.ts';
import { isObject, type JsonObject, textOf } from '../protocols/poll-response.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { toCount, toTexts } from './counters.ts';
import { type Mailbox, toMailbox } from './mailbox.ts';
import type { ItemCounts, MailboxOutcome, MailboxRestoreResult } from './mailbox-restore-result.ts';
import type { NamedMailbox, RestoreFacts } from './restore-facts.ts';
import { issuesOf, type RestoredItem } from './restore-result.ts';
import { type EndState, resultOf, statusOf } from './restore-status.ts';
import { NOT_COUNTED, NOTHING_RESTORED } from './restore-warnings.ts';
import { MailboxSchema } from './schemas.ts';

/** The counters and texts of an answer. */
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

/** The end of a restore by its answer. Undefined if the answer is not understood. */
export function endOfAnswer(body: unknown, facts: RestoreFacts): StatusDraft<MailboxRestoreResult> | undefined {
  if (!isObject(body)) return undefined;
  return facts.isBulk ? endOfSeveral(body, facts) : endOfOne(body, facts);
}

function endOfOne(body: JsonObject, facts: RestoreFacts): StatusDraft<MailboxRestoreResult> | undefined {
  const counted = readCounters(body);
  // Without a counter or an error, the outcome is unknown (VM-14).
  if (!counted || (!counted.isCounted && counted.errors.length === 0)) return undefined;
  const { counts, isCounted, errors } = counted;
  const isNothing = isCounted && errors.length === 0 && isZero(counts);
  return statusOf({
    state: stateOf(counted),
    result: {
      ...resultOf(facts),
      ...(isCounted ? withRestored(counts) : {}),
      ...issuesOf({ errors, warnings: counted.warnings }),
    },
    warnings: [...counted.warnings.map((message) => ({ message })), ...(isNothing ? [NOTHING_RESTORED] : [])],
    raw: body,
  });
}

/**
 * Reads the answer for several mailboxes: an overall status, and counters for each mailbox (VM-14). The server may list
 * fewer mailboxes than were requested, so they are compared by their ids.
 */
function endOfSeveral(body: JsonObject, facts: RestoreFacts): StatusDraft<MailboxRestoreResult> | undefined {
  const asked = facts.mailboxes;
  const word = textOf(body.status)?.toLowerCase();
  if (word !== undefined && !isEnd(word)) return undefined;
  const details = Array.isArray(body.details) ? body.details.map(readDetail) : [];
  if (details.some((detail) => detail === undefined)) return undefined;
  const parts = details.filter((detail) => detail !== undefined);
  const outcomes = parts.map(({ outcome }) => outcome);
  const { missing, unasked } = compare(
    asked,
    outcomes.map(({ mailbox }) => mailbox),
  );
  // The overall status says nothing about a mailbox. Details of other mailboxes only may belong to another call.
  if (missing.length === asked.length && (word !== 'failed' || parts.length > 0)) return undefined;
  const unlisted = parts.length === 0 ? [] : missing;
  const ownError = textOf(body.error);
  const { errors, issues } = issuesOf({ errors: ownError ? [ownError] : [] }, [
    ...outcomes,
    ...unlisted.map(unlistedItem),
  ]);
  const isWhole =
    unlisted.length === 0 && ownError === undefined && outcomes.every(({ state }) => state === 'succeeded');
  const hasRestored = outcomes.some(
    ({ state, created = 0, merged = 0 }) => state === 'succeeded' || created + merged > 0,
  );
  const state = word === 'failed' ? 'failed' : isWhole ? 'succeeded' : hasRestored ? 'partial' : 'failed';
  const isCounted = parts.length > 0 && parts.every((part) => part.isCounted);
  const counts = sum(outcomes);
  return statusOf({
    state,
    result: {
      ...resultOf(facts),
      ...(isCounted ? withRestored(counts) : {}),
      errors,
      issues,
      items: outcomes,
      mailboxes: outcomes,
      ...(unlisted.length === 0 ? {} : { missingMailboxes: unlisted }),
    },
    warnings: [
      ...outcomes.flatMap(({ mailbox, warnings }) =>
        warnings.map((text) => ({ message: `${nameOf(mailbox)}${text}` })),
      ),
      ...(word === 'warning' && isWhole && outcomes.every(({ warnings }) => warnings.length === 0)
        ? [{ message: 'The overall status is Warning, and the answer has no warning.' }]
        : []),
      ...unasked.map((mailbox) => ({
        code: 'unrequested-mailbox',
        message: `${nameOf(mailbox)}The answer lists this mailbox, which was not asked for.`,
      })),
      ...(isCounted && state === 'succeeded' && isZero(counts) ? [NOTHING_RESTORED] : []),
      ...(isCounted || errors.length > 0 ? [] : [NOT_COUNTED]),
    ],
    raw: body,
  });
}

/** Which of the mailboxes that were asked for are not listed, and which are listed and were not asked for. */
function compare(asked: readonly NamedMailbox[], listed: readonly MailboxOutcome['mailbox'][]) {
  const askedFor = new Set(asked.map(({ id }) => id.toLowerCase()));
  const answered = new Set(listed.flatMap((mailbox) => mailbox?.id.toLowerCase() ?? []));
  return {
    missing: asked.filter(({ id }) => !answered.has(id.toLowerCase())),
    unasked: listed.filter((mailbox) => mailbox !== undefined && !askedFor.has(mailbox.id.toLowerCase())),
  };
}

function stateOf({ counts, errors, brokeOff }: Omit<Counted, 'isCounted' | 'warnings'>): EndState {
  if (brokeOff) return 'failed';
  if (counts.failed + counts.failedFolders === 0 && errors.length === 0) return 'succeeded';
  return counts.created + counts.merged > 0 ? 'partial' : 'failed';
}

function readCounters(body: JsonObject): Counted | undefined {
  const names = Object.keys(body);
  const known: readonly string[] = [...Object.values(COUNTERS), ...OTHERS];
  // Every field is optional, so an object may be empty. An object that has only other fields is not such an answer.
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
  const { counts, isCounted, warnings, brokeOff } = counted;
  const word = textOf(detail.status)?.toLowerCase();
  const error = textOf(detail.error);
  const errors = [...(error ? [error] : []), ...counted.errors];
  // The outcome is unknown after 'Running' or a new status, and without a status and a counter.
  const isKnown = word === undefined ? isCounted || errors.length > 0 : isEnd(word);
  if (!isKnown) return undefined;
  const byCounters = stateOf({ counts, errors, brokeOff });
  const state: EndState = word === 'failed' && byCounters === 'succeeded' ? 'failed' : byCounters;
  const isBareWarning = word === 'warning' && state === 'succeeded' && warnings.length === 0;
  const mailbox = z.safeParse(MailboxSchema, detail.mailbox).data;
  const outcome: MailboxOutcome & { readonly state: EndState } = {
    ...(mailbox ? namedItem(toMailbox(mailbox)) : {}),
    state,
    ...(isCounted ? withRestored(counts) : {}),
    warnings: isBareWarning ? ['The status is Warning, and the answer has no warning.'] : warnings,
    errors,
  };
  return { outcome, isCounted };
}

/** The part of an outcome that names its mailbox. */
export function namedItem(mailbox: Mailbox): Pick<MailboxOutcome, 'mailbox' | 'id' | 'name' | 'type'> {
  const name = mailbox.name ?? mailbox.email;
  return { mailbox, id: mailbox.id, ...omitUndefined({ name }), type: 'ExchangeMailbox' };
}

/** A mailbox that was requested, for the list of issues. */
function unlistedItem(mailbox: NamedMailbox): RestoredItem {
  const errors = ['The answer does not list it. It may not have been restored.'];
  return { ...namedItem(mailbox), state: 'failed', warnings: [], errors };
}

function withRestored(counts: ItemCounts): ItemCounts & { readonly restored: number } {
  return { restored: counts.created + counts.merged, ...counts };
}

function sum(outcomes: readonly Partial<ItemCounts>[]): ItemCounts {
  const of = (name: keyof ItemCounts) => outcomes.reduce((total, each) => total + (each[name] ?? 0), 0);
  return {
    created: of('created'),
    merged: of('merged'),
    skipped: of('skipped'),
    failed: of('failed'),
    failedFolders: of('failedFolders'),
  };
}

function isZero(counts: ItemCounts): boolean {
  return Object.values(counts).every((count) => count === 0);
}

/** Whether a status means that a restore has ended. */
function isEnd(word: string): boolean {
  return word === 'success' || word === 'warning' || word === 'failed';
}

function nameOf(mailbox: MailboxOutcome['mailbox']): string {
  return mailbox ? `${mailbox.name ?? mailbox.email ?? mailbox.id}: ` : '';
}
