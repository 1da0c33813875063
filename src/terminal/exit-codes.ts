/**
 * Exit codes for a CLI. 10 to 19: it ended, and not well. 20 to 29: the restore may be running, or may have ended
 * either way; never start it again because of one of these. Others: nothing was restored by this call.
 */
export const exitCodes = {
  succeeded: 0,
  other: 1,
  configuration: 2,
  failed: 10,
  canceled: 11,
  partial: 12,
  waitTimeout: 20,
  outage: 21,
  accessLost: 22,
  waitAborted: 23,
  startOutcomeUnknown: 24,
  startedUnfollowable: 25,
  restoreRunning: 26,
  storeAfterStart: 27,
  outcomeUnknown: 29,
  apiRefused: 30,
  noAnswer: 31,
  inProgress: 32,
  keyMismatch: 33,
  store: 34,
  writeOutcomeUnknown: 35,
  notStarted: 36,
} as const;

export type ExitCodeName = keyof typeof exitCodes;

const MEANINGS: Readonly<Record<ExitCodeName, string>> = {
  succeeded: 'The restore succeeded.',
  other: 'An error that this package does not throw on purpose.',
  configuration: 'A wrong option, argument or handle, or a name that does not choose one thing. Nothing was started.',
  failed: 'The vendor said that the restore failed.',
  canceled: 'The vendor said that the restore was canceled.',
  partial: 'The restore ended, and not all of it was restored.',
  waitTimeout: 'Our deadline is over. The restore may be running.',
  outage: 'The restore could not be seen for too long, or the vendor no longer knows it. It may be running.',
  accessLost: 'The credentials or permissions to poll are gone. The restore may be running.',
  waitAborted: 'The wait was aborted. The restore may be running.',
  startOutcomeUnknown: 'It is not known whether the restore was started. It may be running.',
  startedUnfollowable: 'The start was accepted, in an answer that cannot be followed. The restore may be running.',
  restoreRunning: 'A session was not stopped, since a restore in it has no end yet.',
  storeAfterStart: 'The store of startOnce failed after the start was sent. The restore may be running.',
  outcomeUnknown: 'It has not ended, or its end is not known, for another reason. The restore may be running.',
  apiRefused: 'The system answered, and refused the call. Nothing was started.',
  noAnswer: 'No answer, or none that is of the documented shape, to a call that starts nothing.',
  inProgress: 'The target has another restore that is not known to have ended. Nothing was started.',
  keyMismatch: 'The key of startOnce stands for another restore already. Nothing was started.',
  store: 'The store of startOnce failed. Nothing was started.',
  writeOutcomeUnknown: 'A change that is no restore was sent, and its answer was lost.',
  notStarted: 'It is proved that the start did not take effect. It may be sent again.',
};

/** The exit codes with their meanings, for `--help` and documentation. */
export const exitCodeTable: readonly {
  readonly code: number;
  readonly name: ExitCodeName;
  readonly meaning: string;
}[] = (Object.keys(exitCodes) as ExitCodeName[]).map((name) => ({
  code: exitCodes[name],
  name,
  meaning: MEANINGS[name],
}));

/**
 * From worst to best: what may be running and cannot be followed, what may be running, what is not understood, what has
 * ended badly, and what was never started.
 */
const WORST_FIRST: readonly ExitCodeName[] = [
  'startOutcomeUnknown',
  'storeAfterStart',
  'startedUnfollowable',
  'outcomeUnknown',
  'outage',
  'accessLost',
  'waitTimeout',
  'waitAborted',
  'restoreRunning',
  'other',
  'failed',
  'canceled',
  'partial',
  'writeOutcomeUnknown',
  'inProgress',
  'keyMismatch',
  'store',
  'noAnswer',
  'apiRefused',
  'notStarted',
  'configuration',
  'succeeded',
];

/** The one of several that decides. */
export function worstOf(names: readonly ExitCodeName[]): ExitCodeName | undefined {
  const found = new Set(names);
  return WORST_FIRST.find((name) => found.has(name));
}
