import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as errors from '../../src/errors/index.ts';

const handle = { v: 1, kind: 'k', id: 'i', startedAt: '2026-01-01T00:00:00.000Z', note: 'T-1' };
const wait = {
  startedAt: new Date(0),
  completedAt: new Date(1_000),
  elapsedMs: 1_000,
  polls: 3,
  unreachableMs: 10,
  warnings: [{ message: 'w' }],
  steps: [],
};
const json = (error: Error) => JSON.parse(JSON.stringify(error));

describe('the JSON of an error', () => {
  it('names the field of wrong input', () => {
    expect(json(new errors.ConfigurationError('from.pointInTime', 'must have a zone.'))).toMatchObject({
      field: 'from.pointInTime',
      message: expect.stringContaining('from.pointInTime'),
    });
  });

  it('has all errors of the vendor, but not its stack trace', () => {
    const error = errors.apiErrorForStatus('m', {
      status: 500,
      errors: [{ message: 'a', code: '1', title: 'A' }, { message: 'b' }],
      requestId: 'r',
      retryAfterMs: 5,
      serverTrace: 'at Server.Secret()',
    });
    expect(json(error)).toMatchObject({
      status: 500,
      errors: [{ message: 'a', code: '1', title: 'A' }, { message: 'b' }],
      requestId: 'r',
      retryAfterMs: 5,
    });
    expect(error.serverTrace).toBe('at Server.Secret()');
    expect(JSON.stringify(error) + inspect(error, { depth: 10 })).not.toContain('Server.Secret');
  });

  it('has the vendor’s reason, but not its whole answer', () => {
    const failure = { message: 'broken', code: 'CF-X', details: { whole: 'answer' } };
    const error = new errors.OperationFailedError('m', { state: 'failed', failure, handle, wait });
    expect(json(error)).toMatchObject({
      state: 'failed',
      failure: { message: 'broken', code: 'CF-X' },
      handle,
      polls: 3,
      unreachableMs: 10,
    });
    expect(JSON.stringify(error)).not.toContain('answer');
    expect(error.failure.details).toEqual({ whole: 'answer' });
  });

  it('has the handle to go on with, and what was seen', () => {
    const lastSeen = { state: 'running', message: 'POLLING', at: new Date(0) };
    const error = new errors.WaitTimeoutError('m', {
      handle,
      observed: { running: 41, 'server 503': 7 },
      lastSeen,
      advice: 'wait on',
    });
    expect(json(error)).toMatchObject({
      handle,
      observed: { running: 41, 'server 503': 7 },
      lastSeen: { message: 'POLLING' },
      advice: 'wait on',
    });
  });

  it('has no query of an address, where tokens live', () => {
    expect(
      json(new errors.UntrustedLocationError('m', { location: 'https://x.example.org/a?token=1#b' })),
    ).toMatchObject({ location: 'https://x.example.org/a' });
  });

  it('hides reconcile, and keeps it callable', async () => {
    const error = new errors.StartOutcomeUnknownError('m', { reconcile: async () => ({ outcome: 'not-started' }) });
    expect(inspect(error)).not.toContain('reconcile');
    await expect(error.reconcile()).resolves.toEqual({ outcome: 'not-started' });
  });
});

describe('the cause', () => {
  it('is kept as it is, and written down by name and code', () => {
    const cause = Object.assign(
      new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) }),
      { secret: 'x' },
    );
    const error = new errors.ConnectionError('m', { sent: 'unknown', cause });
    expect(error.cause).toBe(cause);
    expect(json(error).cause).toEqual({
      name: 'TypeError',
      message: 'fetch failed',
      cause: { name: 'Error', message: 'reset', code: 'ECONNRESET' },
    });
  });

  it('that is one of ours is written down in full', () => {
    const cause = errors.apiErrorForStatus('m', { status: 503 });
    expect(json(new errors.OutageError('m', { reason: 'unreachable', since: new Date(0), cause })).cause).toMatchObject(
      { name: 'ServerError', status: 503 },
    );
  });

  it('may go round in a circle', () => {
    const first: Error = new Error('first');
    const second = new Error('second', { cause: first });
    first.cause = second;
    expect(() => JSON.stringify(new errors.WaitAbortedError('m', { cause: first }))).not.toThrow();
  });

  it.each([['a word'], [{ any: 'thing' }], [5], [null], [Symbol('s')], [() => undefined]])('may be %s', (cause) => {
    expect(() => JSON.stringify(new errors.WaitAbortedError('m', { cause }))).not.toThrow();
  });
});
