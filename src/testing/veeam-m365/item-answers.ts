import type { MailboxOutcome, MailboxRestore } from './mailbox-restores.ts';
import { truthOf } from './mailbox-restores.ts';
import type { MailboxRestoreScenario } from './scenario.ts';

/** The words in which an answer counts: each product has its own (VM-14). */
export type Vocabulary = 'mailbox' | 'items' | 'list' | 'site' | 'one-drives' | 'teams';

const words = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;
const failure = 'The item could not be restored.';

/** What the server says of a restore of OneDrive, SharePoint or Teams: 200 and counters, however it went (VM-13). */
export function itemStatistics(
  { outcomes }: MailboxRestore,
  vocabulary: Exclude<Vocabulary, 'mailbox'>,
  settings: MailboxRestoreScenario,
): object {
  if (vocabulary === 'one-drives') return bulkOneDrives(outcomes, settings);
  const sum = (count: (outcome: MailboxOutcome) => number) => outcomes.reduce((all, each) => all + count(each), 0);
  const restored = sum(({ created, merged }) => created + merged);
  const failed = sum((outcome) => outcome.failed);
  const skipped = sum((outcome) => outcome.skipped);
  const total = restored + failed + skipped;
  const hasFailed = failed > 0 || outcomes.some(({ error }) => error !== undefined);
  const isLost = hasFailed && restored === 0;
  const issues = outcomes.flatMap((outcome) => issuesOf(outcome, vocabulary, settings));
  const lists = { restoredListsCount: isLost ? 0 : 1, failedListsCount: isLost ? 1 : 0 };
  const items = {
    totalItemsCount: total,
    restoredItemsCount: restored,
    failedItemsCount: failed,
  };
  const byReason = { skippedItemsByErrorCount: 0, skippedItemsByNoChangesCount: skipped };
  const counters = {
    items: { ...items, ...byReason, failedRestrictionsCount: 0 },
    list: { ...lists, ...items, ...byReason, failedRestrictionsCount: 0 },
    site: {
      restoredListsCount: isLost ? 0 : 2,
      failedListsCount: hasFailed ? 1 : 0,
      restoredWebsCount: isLost ? 0 : 1,
      failedWebsCount: isLost ? 1 : 0,
      failedRestrictionsCount: 0,
    },
    teams: { ...items, skippedItemsCount: skipped },
  }[vocabulary];
  return { ...told(counters, settings), ...(settings.counters !== 'none' && { restoreIssues: issues }) };
}

/** The answer for several OneDrives has no counter of items at all. */
function bulkOneDrives(outcomes: readonly MailboxOutcome[], settings: MailboxRestoreScenario): object {
  switch (settings.bulkAnswer) {
    case 'empty':
      return {};
    case 'no-details':
      return { status: 'Success', details: [] };
    case 'running':
      return { status: 'Running' };
  }
  const shown = outcomes.filter(({ order }) => !order.isUnresolved);
  const details = shown.map((outcome) => {
    const { id, name, url } = outcome.order.mailbox;
    const isWarned = settings.warningMailboxes?.includes(outcome.order.mailbox.position);
    return {
      oneDrive: { id, name, url },
      status: isWarned ? 'Warning' : words[truthOf([outcome])],
      error: outcome.error ?? null,
      details: { failedRestrictionsCount: 0, restoreIssues: issuesOf(outcome, 'one-drives', settings) },
    };
  });
  return { status: words[truthOf(shown)], error: null, details };
}

function issuesOf(
  { order, failed, error }: MailboxOutcome,
  vocabulary: Vocabulary,
  { warnings = [] }: MailboxRestoreScenario,
): readonly object[] {
  const name = order.mailbox.name;
  const texts = failed > 0 || error !== undefined ? (error ?? failure) : undefined;
  if (texts === undefined && warnings.length === 0) return [];
  const what =
    vocabulary === 'teams'
      ? { id: order.mailbox.id, name, title: name, type: 'Team' }
      : { path: order.mailbox.url ?? '', title: name, type: vocabulary === 'site' ? 'Site' : 'Item' };
  return [{ ...what, warnings: [...warnings], ...(texts !== undefined && { error: texts }) }];
}

/** The counters that the server mentions; none is required (VM-14). */
function told(counters: Readonly<Record<string, number>>, { counters: which = 'all' }: MailboxRestoreScenario): object {
  if (which === 'all') return counters;
  return Object.fromEntries(Object.entries(counters).filter(([, count]) => which === 'non-zero' && count > 0));
}
