import { describe, expect, it } from 'vitest';
import * as errors from '../../src/errors/index.ts';

const handle = { v: 1, kind: 'k', id: 'i', startedAt: '2026-01-01T00:00:00.000Z' };
const wait = {
  startedAt: new Date(0),
  completedAt: new Date(1),
  elapsedMs: 1,
  polls: 1,
  unreachableMs: 0,
  warnings: [],
  steps: [],
};

describe('an answered refusal', () => {
  it.each([
    [400, false],
    [401, false],
    [402, false],
    [403, false],
    [404, false],
    [408, true],
    [409, false],
    [418, false],
    [422, false],
    [429, true],
    [500, true],
    [502, true],
    [503, true],
    [504, true],
  ])('%i: %s', (status, expected) => {
    expect(errors.apiErrorForStatus('m', { status }).isRetryable).toBe(expected);
  });
});

describe('nothing that comes after a start may be tried again', () => {
  it.each<[string, errors.RestoreKitError]>([
    ['an answer that cannot be followed', new errors.UnexpectedResponseError('m', { status: 202, started: 'yes' })],
    ['an address that is not trusted', new errors.UntrustedLocationError('m', { location: 'x', started: 'yes' })],
    [
      'a lost answer',
      new errors.StartOutcomeUnknownError('m', { reconcile: async () => ({ outcome: 'not-started' }) }),
    ],
    ['our deadline', new errors.WaitTimeoutError('m', { handle })],
    ['an outage', new errors.OutageError('m', { handle, reason: 'unreachable', since: new Date(0) })],
    ['lost access', new errors.AccessLostError('m', { handle })],
    ['an abort', new errors.WaitAbortedError('m', { handle })],
    [
      'a failure',
      new errors.OperationFailedError('m', { state: 'failed', failure: { message: 'm', details: 0 }, handle, wait }),
    ],
    ['half a success', new errors.PartialRestoreError('m', { result: 0, handle, wait })],
    ['wrong input', new errors.ConfigurationError('f', 'm')],
    ['a wrong handle', new errors.HandleError('f', 'm')],
  ])('%s', (_, error) => {
    expect(error.isRetryable).toBe(false);
    expect(error.toJSON()).toMatchObject({ isRetryable: false });
  });
});

it.each<[string, errors.RestoreKitError]>([
  ['a connection that failed', new errors.ConnectionError('m', { sent: 'unknown' })],
  ['a slow answer', new errors.RequestTimeoutError('m', { timeoutMs: 1 })],
  ['a page for people', new errors.UnexpectedResponseError('m', { status: 200 })],
])('%s may be', (_, error) => {
  expect(error.isRetryable).toBe(true);
});
