import type { MailboxOutcome, MailboxRestore } from './mailbox-restores.ts';
import { truthOf } from './mailbox-restores.ts';
import type { MailboxRestoreScenario } from './scenario.ts';
import type { BulkMailboxRestoreStatistics, MailboxRestoreStatistics } from './wire.ts';

const words = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;

/** What the server says of one restored mailbox: 200 and counters, however it went (VM-13). */
export function mailboxStatistics(outcome: MailboxOutcome, settings: MailboxRestoreScenario): MailboxRestoreStatistics {
  const exceptions = outcome.failed > 0 ? ['The item could not be restored.'] : [];
  const folders = { failedFoldersCount: outcome.failed > 0 && outcome.created + outcome.merged === 0 ? 1 : 0 };
  return {
    ...toldCounters({ ...itemCounters(outcome), ...folders }, settings),
    ...(settings.cannotContinue !== undefined && { cannotContinueError: settings.cannotContinue }),
    ...(settings.counters !== 'none' && { exceptions, warnings: [...(settings.warnings ?? [])] }),
  };
}

/**
 * The details of a bulk restore have neither failedFoldersCount nor exceptions. Mailboxes that could not be resolved are
 * left out where the caller wanted them skipped: the answer has fewer than were asked for.
 */
export function bulkStatistics(
  { outcomes }: MailboxRestore,
  settings: MailboxRestoreScenario,
  skipUnresolved: boolean,
): BulkMailboxRestoreStatistics {
  switch (settings.bulkAnswer) {
    case 'empty':
      return {};
    case 'no-details':
      return { status: 'Success', details: [] };
    case 'running':
      return { status: 'Running' };
  }
  const warnings = [...(settings.warnings ?? [])];
  const told = outcomes.filter(({ order }) => !(order.isUnresolved && skipUnresolved));
  const details = told.map((outcome) => ({
    mailbox: { id: outcome.order.mailbox.id, name: outcome.order.mailbox.name, email: outcome.order.mailbox.email },
    status: settings.warningMailboxes?.includes(outcome.order.mailbox.position)
      ? 'Warning'
      : statusOf([outcome], warnings),
    ...(outcome.error !== undefined && { error: outcome.error }),
    details: { ...toldCounters(itemCounters(outcome), settings), ...(settings.counters !== 'none' && { warnings }) },
  }));
  return { status: statusOf(told, warnings), details };
}

function statusOf(outcomes: readonly MailboxOutcome[], warnings: readonly string[]): 'Success' | 'Warning' | 'Failed' {
  const word = words[truthOf(outcomes)];
  return word === 'Success' && warnings.length > 0 ? 'Warning' : word;
}

function itemCounters({ created, merged, failed, skipped }: MailboxOutcome) {
  return {
    createdItemsCount: created,
    mergedItemsCount: merged,
    failedItemsCount: failed,
    skippedItemsCount: skipped,
  };
}

/** The counters that the server mentions; none is required (VM-14). */
function toldCounters<Counters extends Record<string, number>>(
  counters: Counters,
  { counters: which = 'all' }: MailboxRestoreScenario,
): Partial<Counters> {
  if (which === 'all') return counters;
  const kept = Object.entries(counters).filter(([, count]) => which === 'non-zero' && count > 0);
  return Object.fromEntries(kept) as Partial<Counters>;
}
