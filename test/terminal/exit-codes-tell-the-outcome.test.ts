import { defineOperation, waitForAll, waitForCompletion } from 'restorekit/operation';
import { type ExitCodeName, exitCodeFor, exitCodes, exitCodeTable } from 'restorekit/terminal';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { worstOf } from '../../src/terminal/exit-codes.ts';
import { classNames, everyError, handle, thatSays, wait } from './every-error.ts';
import { operationOf, type Scene, succeeded } from './operation-of.ts';

const ENDS = ['OperationFailedError', 'PartialRestoreError'];
const fulfilled = (value: unknown) => ({ status: 'fulfilled', value });
const rejected = (reason: unknown) => ({ status: 'rejected', reason });
const make = (name: string) => everyError[name]?.();

/** What an error is where nothing was started, as the table of the README says it. */
const WITHOUT_A_START: Readonly<Record<string, ExitCodeName>> = {
  AccessLostError: 'accessLost',
  ApiError: 'apiRefused',
  AuthenticationError: 'apiRefused',
  ConfigurationError: 'configuration',
  ConflictError: 'apiRefused',
  ConnectionError: 'noAnswer',
  HandleError: 'configuration',
  IncompleteTransferError: 'noAnswer',
  KeyMismatchError: 'keyMismatch',
  NotFoundError: 'apiRefused',
  OperationFailedError: 'failed',
  OutageError: 'outage',
  OutcomeUnknownError: 'outcomeUnknown',
  PartialRestoreError: 'partial',
  PermissionError: 'apiRefused',
  RateLimitError: 'apiRefused',
  RequestTimeoutError: 'noAnswer',
  RestoreInProgressError: 'inProgress',
  RestoreRunningError: 'restoreRunning',
  SelectionError: 'configuration',
  ServerError: 'apiRefused',
  StartOutcomeUnknownError: 'startOutcomeUnknown',
  StoreError: 'store',
  UnexpectedResponseError: 'noAnswer',
  UntrustedLocationError: 'noAnswer',
  ValidationError: 'apiRefused',
  WaitAbortedError: 'waitAborted',
  WaitTimeoutError: 'waitTimeout',
  WriteOutcomeUnknownError: 'writeOutcomeUnknown',
};

describe('the code of an error', () => {
  it.each(classNames)('%s is in the table', (name) => {
    const expected = WITHOUT_A_START[name];
    if (expected === undefined) throw new Error(`${name} has no exit code in this test.`);
    expect(exitCodeFor(make(name))).toBe(exitCodes[expected]);
  });

  it.each(classNames.filter((name) => !ENDS.includes(name) && name !== 'WriteOutcomeUnknownError'))(
    '%s is from 20 to 29 where a restore may run',
    (name) => {
      for (const started of ['yes', 'unknown'] as const) {
        const error = everyError[name]?.(started);
        if (!error) throw new Error(`There is no sample of ${name}.`);
        expect(Math.floor(exitCodeFor(thatSays(started, error)) / 10)).toBe(2);
      }
    },
  );

  it.each([undefined, null, 0, '', 'succeeded', true, {}, { state: 'odd' }, new Error('x'), new RangeError('x')])(
    'is not 0 for %s, which was thrown',
    (thrown) => {
      expect(exitCodeFor(thrown)).toBe(exitCodes.other);
    },
  );
});

describe('the table', () => {
  it('has each code once', () => {
    const codes = exitCodeTable.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('ranks each code', () => {
    for (const { name } of exitCodeTable) expect(worstOf([name, 'succeeded'])).toBe(name);
  });
});

const ended = (state: 'succeeded' | 'partial', result: unknown) => ({ ...wait, state, result, handle });

describe('the code of an outcome', () => {
  it.each([
    ['a restore that succeeded', ended('succeeded', { aftermath: [] }), 'succeeded'],
    ['one that succeeded, with warnings', { ...ended('succeeded', {}), warnings: [{ message: 'x' }] }, 'succeeded'],
    ['a partial one', ended('partial', {}), 'partial'],
    ['one that succeeded and counts failed items', ended('succeeded', { failed: 1 }), 'partial'],
    ['one that counts failed folders', ended('succeeded', { failed: 0, failedFolders: 2 }), 'partial'],
    ['one that lists failed items', ended('succeeded', { failedItems: ['a'] }), 'partial'],
    ['one whose items say it', ended('succeeded', { mailboxes: [{ state: 'succeeded' }, { failed: 3 }] }), 'partial'],
    ['one of whose items failed', ended('succeeded', { items: [{ state: 'failed' }] }), 'partial'],
    ['one that counts none', ended('succeeded', { failed: 0, failedItems: [], items: [{ failed: 0 }] }), 'succeeded'],
    ['a session that is ready', { ...wait, state: 'running', steps: [], handle }, 'outcomeUnknown'],
    ['a failed status', { state: 'failed', failure: {}, steps: [], warnings: [] }, 'failed'],
    ['a canceled status', { state: 'canceled', steps: [], warnings: [] }, 'canceled'],
    ['a running status', { state: 'running', steps: [], warnings: [] }, 'outcomeUnknown'],
    ['an update that it cannot be seen', { state: 'unreachable', since: new Date(0) }, 'outcomeUnknown'],
    ['a start that was found', { outcome: 'started', operation: {} }, 'outcomeUnknown'],
    ['a start that did not take effect', { outcome: 'not-started' }, 'notStarted'],
    ['a start of which nobody knows', { outcome: 'unknown', evidence: [], advice: '' }, 'startOutcomeUnknown'],
    ['none at all', [], 'configuration'],
    ['several that succeeded', [fulfilled(ended('succeeded', {})), fulfilled(ended('succeeded', {}))], 'succeeded'],
    ['one of several that is partial', [fulfilled(ended('succeeded', {})), fulfilled(ended('partial', {}))], 'partial'],
    ['one of several that lost nothing but says nothing', [fulfilled(undefined)], 'other'],
    ['one rejected with nothing', [fulfilled(ended('succeeded', {})), rejected(undefined)], 'other'],
    ['one rejected with what looks well', [rejected(ended('succeeded', {}))], 'other'],
    [
      'a failed and a lost one',
      [rejected(make('OperationFailedError')), rejected(make('WaitTimeoutError'))],
      'waitTimeout',
    ],
    ['a refused and a failed one', [rejected(make('ApiError')), rejected(make('OperationFailedError'))], 'failed'],
    ['a lost start beside all others', classNames.map((name) => rejected(make(name))), 'startOutcomeUnknown'],
  ] as const)('%s', (_, outcome, name) => {
    expect(exitCodeFor(outcome)).toBe(exitCodes[name]);
  });

  it('is that of the waits themselves', async () => {
    const clock = virtualClock();
    const failed: Scene = { state: 'failed', failure: { message: 'disk full', details: {} } };
    expect(exitCodeFor(await waitForCompletion(operationOf(clock, [succeeded])))).toBe(0);
    expect(exitCodeFor(await operationOf(clock, [failed]).poll())).toBe(exitCodes.failed);
    const settled = await waitForAll([operationOf(clock, [succeeded], 'a'), operationOf(clock, [failed], 'b')]);
    expect(exitCodeFor(settled)).toBe(exitCodes.failed);
    const counts = defineOperation<{ failed: number }>({
      kind: 'acme/restore',
      id: 'c',
      startedAt: new Date(clock.now()),
      clock,
      poll: () => ({ state: 'succeeded', result: { failed: 2 } }),
    });
    expect(exitCodeFor(await waitForCompletion(counts))).toBe(exitCodes.partial);
  });

  it('is found in lists within lists, and not without end', () => {
    let deep: unknown = ended('succeeded', {});
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(exitCodeFor([[ended('succeeded', {})]])).toBe(0);
    expect(exitCodeFor(deep)).toBe(exitCodes.other);
  });
});
