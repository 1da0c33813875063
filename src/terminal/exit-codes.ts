/**
 * Exit codes for a CLI. 10 to 19: the restore ended without full success. 20 to 29: the restore may be running or may
 * have ended; never start it again because of one of these codes. Others: this call has restored nothing.
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
  configuration: 'A wrong option, argument or handle, or a name that does not identify one thing. Nothing was started.',
  failed: 'The vendor reports that the restore failed.',
  canceled: 'The vendor reports that the restore was canceled.',
  partial: 'The restore ended, but not everything was restored.',
  waitTimeout: 'The wait reached its deadline. The restore may be running.',
  outage: 'Polls failed for too long, or the vendor no longer knows the restore. It may be running.',
  accessLost: 'The credentials or permissions for polling were lost. The restore may be running.',
  waitAborted: 'The wait was aborted. The restore may be running.',
  startOutcomeUnknown: 'It is not known whether the restore was started. It may be running.',
  startedUnfollowable: 'The start was accepted, but the restore cannot be followed. It may be running.',
  restoreRunning: 'A session was not stopped, because a restore in it has not ended.',
  storeAfterStart: 'The store of startOnce failed after the start was sent. The restore may be running.',
  outcomeUnknown: 'The end of the restore is not known, for another reason. It may be running.',
  apiRefused: 'The system answered and refused the call. Nothing was started.',
  noAnswer: 'A call that starts nothing got no answer, or an answer without the documented shape.',
  inProgress: 'The target has another restore that is not known to have ended. Nothing was started.',
  keyMismatch: 'The key of startOnce already belongs to another restore. Nothing was started.',
  store: 'The store of startOnce failed. Nothing was started.',
  writeOutcomeUnknown: 'A change other than a restore was sent, and its answer was lost.',
  notStarted: 'It is proven that the start had no effect. It may be sent again.',
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
 * From worst to best: a restore that may be running and cannot be followed, one that may be running, an error that is
 * not understood, a bad end, and nothing started.
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

/** The worst of several. */
export function worstOf(names: readonly ExitCodeName[]): ExitCodeName | undefined {
  const found = new Set(names);
  return WORST_FIRST.find((name) => found.has(name));
}
