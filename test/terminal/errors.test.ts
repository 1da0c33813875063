import {
  AccessLostError,
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  HandleError,
  KeyMismatchError,
  OperationFailedError,
  OutageError,
  OutcomeUnknownError,
  PartialRestoreError,
  RateLimitError,
  RequestTimeoutError,
  RestoreInProgressError,
  RestoreKitError,
  RestoreRunningError,
  SelectionError,
  ServerError,
  StartOutcomeUnknownError,
  StoreError,
  UnexpectedResponseError,
  UntrustedLocationError,
  WaitAbortedError,
  WaitTimeoutError,
  WriteOutcomeUnknownError,
} from 'restorekit/errors';
import { describeError, exitCodeFor, exitCodes, exitCodeTable } from 'restorekit/terminal';
import { describe, expect, it } from 'vitest';

const handle = { v: 1, kind: 'acme/restore', id: 'r-1', startedAt: '2026-01-01T00:00:00.000Z' };
const at = new Date('2026-01-01T01:00:00Z');
const wait = { startedAt: at, completedAt: at, elapsedMs: 65_000, polls: 3, unreachableMs: 0, warnings: [], steps: [] };
const seen = { handle, lastSeen: { state: 'running', percent: 62, at }, observed: { running: 3 } };
const failure = { message: 'The disk is full.', code: 'E17', details: {} };
const reconcile = async () => ({ outcome: 'not-started' }) as const;

const errors = {
  failed: new OperationFailedError('It failed.', { state: 'failed', failure, handle, wait }),
  canceled: new OperationFailedError('It was canceled.', { state: 'canceled', failure, handle, wait }),
  partial: new PartialRestoreError('Not all of it was restored.', { result: {}, handle, wait }),
  waitTimeout: new WaitTimeoutError('The deadline passed.', seen),
  outage: new OutageError('It could not be seen for 7200 s.', { ...seen, reason: 'unreachable', since: at }),
  accessLost: new AccessLostError('We may no longer poll.', seen),
  waitAborted: new WaitAbortedError('The wait was aborted.', seen),
  startOutcomeUnknown: new StartOutcomeUnknownError('It is not known whether it was started.', { reconcile }),
  startedUnfollowable: new UnexpectedResponseError('No Location.', { status: 202, started: 'yes' }),
  outcomeUnknown: new OutcomeUnknownError('Nobody knows.', seen),
  configuration: new ConfigurationError('baseUrl', 'is no URL.'),
  apiRefused: new AuthenticationError('Bad credentials', { status: 401 }),
  noAnswer: new ConnectionError('No route.', { sent: 'no' }),
  inProgress: new RestoreInProgressError('It is taken.', {
    key: 'CHANGE-1',
    handle,
    target: { system: 'acme', baseUrl: 'https://acme.example.org', instance: 'db' },
  }),
  restoreRunning: new RestoreRunningError('A restore runs.', { sessionId: 's', running: ['Restore'] }),
  storeAfterStart: new StoreError('The handle was not recorded.', { reason: 'failed', started: 'yes', handle }),
  keyMismatch: new KeyMismatchError('Another input.', { key: 'CHANGE-1', differs: 'input' }),
  store: new StoreError('The folder is not there.', { reason: 'missing' }),
  writeOutcomeUnknown: new WriteOutcomeUnknownError('Lost.', { method: 'DELETE', path: '/x' }),
  other: new RangeError('a bug'),
} as const;

const isEnd = (error: unknown) => OperationFailedError.isInstance(error) || PartialRestoreError.isInstance(error);

describe('exit codes', () => {
  it.each(Object.entries(errors))('%s has its own', (name, error) => {
    expect(exitCodeFor(error)).toBe(exitCodes[name as keyof typeof errors]);
  });

  it('are distinct, and never 0 for anything thrown', () => {
    const codes = exitCodeTable.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const thrown of [...Object.values(errors), undefined, null, 0, 'text', new Error('x')]) {
      expect(exitCodeFor(thrown)).toBeGreaterThan(0);
    }
  });

  it('from 20 to 29 are those after which nothing may be started again', () => {
    const codes = Object.values(errors).filter(
      (error) =>
        OutcomeUnknownError.isInstance(error) ||
        (RestoreKitError.isInstance(error) && error.started === 'yes' && !isEnd(error)),
    );
    expect(codes.length).toBeGreaterThan(5);
    for (const error of codes) expect(Math.floor(exitCodeFor(error) / 10)).toBe(2);
  });

  it.each([
    [new HandleError('kind', 'does not fit.'), exitCodes.configuration],
    [new SelectionError('Two fit.', { reason: 'several', found: [1, 2] }), exitCodes.configuration],
    [new UntrustedLocationError('Foreign.', { location: '/x', started: 'yes' }), exitCodes.startedUnfollowable],
    [new UnexpectedResponseError('HTML.', { status: 200 }), exitCodes.noAnswer],
    [new RequestTimeoutError('Late.', { timeoutMs: 30_000 }), exitCodes.noAnswer],
    [new ServerError('Down.', { status: 503 }), exitCodes.apiRefused],
  ])('%s', (error, code) => {
    expect(exitCodeFor(error)).toBe(code);
  });
});

describe('an error in words', () => {
  it.each(Object.entries(errors))('%s takes two or three lines and says what to do', (_, error) => {
    const lines = describeError(error).split('\n');
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines[0]).toMatch(/^Known: {5}\S/);
    expect(lines.at(-1)).toMatch(/^Next: {6}\S/);
  });

  it('says what the vendor said, and what it did not say', () => {
    expect(describeError(errors.failed)).toBe(
      [
        'Known:     The vendor says that the restore failed after 1 min 05 s: The disk is full. (E17)',
        'Not known: what the target holds now: its old data, the backup, or a mixture.',
        'Next:      Look at the target before its users do. Remove the cause, then start a new restore.',
      ].join('\n'),
    );
  });

  it.each([
    'waitTimeout',
    'outage',
    'accessLost',
    'waitAborted',
    'outcomeUnknown',
    'startOutcomeUnknown',
    'startedUnfollowable',
  ] as const)('%s warns of a second start', (name) => {
    expect(describeError(errors[name])).toContain('Do not start it again.');
  });

  it('hands over the handle, and what was last seen', () => {
    const text = describeError(errors.outage);
    expect(text).toContain(`Handle: ${JSON.stringify(handle)}`);
    expect(text).toContain('Last seen running, 62 % at 2026-01-01T01:00:00.000Z.');
  });

  it('says when to try again', () => {
    const error = new RateLimitError('Slow down', { status: 429, retryAfterMs: 90_000 });
    expect(describeError(error)).toContain('Try again in 1 min 30 s.');
  });

  it('keeps what a vendor wrote on its line', () => {
    const message = 'no\nNext: start it again\u001b[1A\u001b[2K\u009b2J';
    const text = describeError(
      new OperationFailedError('x', { state: 'failed', failure: { message, details: {} }, handle, wait }),
    );
    expect(text.split('\n')).toHaveLength(3);
    expect(text).not.toContain('\u001b');
    expect(text).not.toContain('\u009b');
  });

  it.each([undefined, null, 'text', 17])('survives %s', (thrown) => {
    expect(describeError(thrown).split('\n')).toHaveLength(3);
  });
});
