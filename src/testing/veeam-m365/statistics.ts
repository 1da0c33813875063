import { type Answer, jsonAnswer } from '../answer.ts';
import type { MailboxOutcome, MailboxRestore } from './mailbox-restores.ts';
import { truthOf } from './mailbox-restores.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import type { RestoreSessionStatistics } from './wire.ts';

const words = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;

/**
 * What the restore of a session has done (VM-15). Not documented: what it answers while the restore runs, and for a session
 * that explores. Here the counters are 0 then.
 */
export function statisticsOf(server: VeeamServer, session: Session): Answer {
  const { mailboxRestore: settings = {} } = server.scenario;
  const restore = server.restores.all.find((each) => each.session === session);
  const hasEnded = server.sessions.endOf(session) !== undefined;
  if (!restore || !hasEnded) return jsonAnswer(bodyOf([], []));
  if (settings.statistics === 'broken') return server.problem(500, 'The statistics cannot be read.');
  if (settings.statistics === 'absent') return server.notFound('statistics');
  const listed = settings.statistics === 'fewer' ? restore.outcomes.slice(0, -1) : restore.outcomes;
  const items = listed.map((outcome) => itemOf(restore, outcome));
  const counted = restore.isCutShort ? [] : listed;
  const body = bodyOf(counted, settings.statistics === 'without-items' ? [] : items, settings.warnings);
  return jsonAnswer(settings.statistics === 'uncounted' ? { ...body, ...zero } : body);
}

const zero = { totalItemsCount: 0, restoredItemsCount: 0, failedItemsCount: 0, skippedItemsCount: 0 };

function bodyOf(
  outcomes: readonly MailboxOutcome[],
  items: RestoreSessionStatistics['items'],
  warnings: readonly string[] = [],
): RestoreSessionStatistics {
  const sum = (of: (outcome: MailboxOutcome) => number) => outcomes.reduce((total, each) => total + of(each), 0);
  const restored = sum(({ created, merged }) => created + merged);
  const failed = sum((outcome) => outcome.failed);
  const skipped = sum((outcome) => outcome.skipped);
  return {
    totalItemsCount: restored + failed + skipped,
    restoredItemsCount: restored,
    failedItemsCount: failed,
    skippedItemsCount: skipped,
    warnings: [...warnings],
    errors: outcomes.flatMap(({ error }) => error ?? []),
    items: [...items],
  };
}

type Item = RestoreSessionStatistics['items'][number];

const ITEM_TYPES = { Veod: 'OneDriveItem', Vesp: 'SharePointSite', Vet: 'TeamsTeam' } as const;

/** A OneDrive, a site or a team. Only the entries for several OneDrives have a form of their own. */
function thingOf(
  { isCutShort, outcomes }: MailboxRestore,
  outcome: MailboxOutcome,
  workload: keyof typeof ITEM_TYPES,
): Item {
  const { id, name, url = '' } = outcome.order.mailbox;
  const isBulk = workload === 'Veod' && outcomes.length > 1;
  const error = isCutShort ? 'The restore session has been stopped.' : outcome.error;
  return {
    itemRestoreDetailsType: isBulk ? 'BulkOneDrive' : 'Item',
    itemType: ITEM_TYPES[workload],
    id,
    name,
    title: name,
    status: isCutShort ? 'Failed' : words[truthOf([outcome])],
    ...(error !== undefined && { error }),
    warnings: [],
    ...(isBulk ? { childItems: [], oneDriveUrl: url } : { path: url }),
  };
}

function itemOf(restore: MailboxRestore, outcome: MailboxOutcome): Item {
  const { isCutShort } = restore;
  const { order, created, merged, failed, skipped, error } = outcome;
  const { id, name, email, workload } = order.mailbox;
  if (workload !== 'Vex') return thingOf(restore, outcome, workload);
  const common = {
    itemRestoreDetailsType: 'BulkMailbox',
    itemType: 'ExchangeMailbox',
    id,
    name,
    mailboxEmail: email,
    mailboxIsArchive: false,
    mailboxIsPublic: false,
  } as const;
  if (isCutShort) return { ...common, status: 'Failed', error: 'The restore session has been stopped.' };
  return {
    ...common,
    status: words[truthOf([outcome])],
    createdMailboxItemsCount: created,
    mergedMailboxItemsCount: merged,
    failedMailboxItemsCount: failed,
    skippedMailboxItemsCount: skipped,
    ...(error !== undefined && { error }),
    warnings: [],
  };
}
