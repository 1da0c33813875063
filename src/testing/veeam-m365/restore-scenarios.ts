import type { VeeamM365Scenario } from './scenario.ts';

/** How the restores inside a session go. */
export const restoreScenarios = {
  'blocks-for-four-hours': {
    description: 'The restore of a mailbox is answered four hours later.',
    traps: ['VM-11'],
    mailboxRestore: { durationMs: 14_400_000 },
  },
  'connection-dies-during-a-restore': {
    description: 'The connection is cut half way through the restore, which goes on and shows in the events.',
    traps: ['VM-11', 'VM-12'],
    faults: { loseRestoreAnswer: { afterMs: 30_000 } },
  },
  'connection-dies-in-an-hour-long-restore': {
    description: 'The restore takes an hour; its connection is cut after six minutes, and a stop would cut it off.',
    traps: ['VM-11', 'VM-12', 'VM-18'],
    mailboxRestore: { durationMs: 3_600_000 },
    faults: { loseRestoreAnswer: { afterMs: 360_000 } },
  },
  'connection-dies-and-the-restore-fails': {
    description: 'The connection is cut half way through the restore, of which every item fails.',
    traps: ['VM-11', 'VM-12', 'VM-13'],
    mailboxRestore: { failedItems: 'all' },
    faults: { loseRestoreAnswer: { afterMs: 30_000 } },
  },
  'unauthorized-after-the-restore': {
    description: 'The restore takes 65 minutes and succeeds; its token has died by then, and the answer is 401.',
    traps: ['VM-11', 'VM-12', 'VM-26'],
    mailboxRestore: { durationMs: 3_900_000 },
    faults: { unauthorizedAfterRestore: true },
  },
  'fewer-details-than-asked-for': {
    description: 'The second of several mailboxes cannot be resolved; with skipUnresolved the answer leaves it out.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { unresolvedMailboxes: [1] },
  },
  'bulk-answer-empty': {
    description: 'The restore of several mailboxes is answered by {}.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { bulkAnswer: 'empty' },
  },
  'bulk-answer-without-details': {
    description: 'The restore of several mailboxes is answered by Success, and no mailbox is listed.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { bulkAnswer: 'no-details' },
  },
  'bulk-answer-running': {
    description: 'The restore of several mailboxes is answered by Running.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { bulkAnswer: 'running' },
  },
  'warning-of-one-mailbox': {
    description: 'The restore of several mailboxes says Success, and Warning of the second mailbox.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { warningMailboxes: [1] },
  },
  'failure-in-a-200': {
    description: 'A restore is answered by 200, and every item failed.',
    traps: ['VM-13'],
    mailboxRestore: { failedItems: 'all' },
  },
  'cannot-continue': {
    description: 'A restore is answered by 200, and broke off with a cannotContinueError.',
    traps: ['VM-13'],
    mailboxRestore: { cannotContinue: 'The mailbox cannot be accessed.' },
  },
  'some-items-fail': {
    description: 'Eight items of each mailbox fail, the others are restored.',
    traps: ['VM-13'],
    mailboxRestore: { failedItems: 8 },
  },
  'restored-with-warnings': {
    description: 'Everything is restored, with a warning.',
    traps: ['VM-13'],
    mailboxRestore: { warnings: ['Some permissions could not be read.'] },
  },
  'bulk-warning': {
    description: 'The restore of several mailboxes ends with Warning: all items of the second mailbox failed.',
    traps: ['VM-13', 'VM-14'],
    mailboxRestore: { failedMailboxes: [1] },
  },
  'zero-of-everything': {
    description: 'The backed-up mailboxes are empty, and a restore counts zero of everything.',
    traps: ['VM-9', 'VM-13'],
    itemsPerMailbox: 0,
  },
  'counters-absent': {
    description: 'A restore is answered by 200 and an empty object.',
    traps: ['VM-14'],
    mailboxRestore: { counters: 'none' },
  },
  'counters-absent-where-zero': {
    description: 'A restore is answered by only those counters that are not zero.',
    traps: ['VM-14'],
    mailboxRestore: { counters: 'non-zero' },
  },
  'page-instead-of-counters': {
    description: 'A restore is carried out, and answered by 200 and a page for people.',
    inSpec: false,
    faults: { htmlInsteadOfRestoreAnswer: true },
  },
  'restore-of-a-day': {
    description: 'A restore takes 1.02:03:04.0446928, and events tell their times with an offset.',
    traps: ['VM-11', 'VM-29'],
    mailboxRestore: { durationMs: 93_784_044 },
    eventOffsetMinutes: 180,
  },
} as const satisfies Record<string, VeeamM365Scenario>;
