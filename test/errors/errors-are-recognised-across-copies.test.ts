import { describe, expect, it, vi } from 'vitest';
import * as here from '../../src/errors/index.ts';

vi.resetModules();
const there: typeof here = await import('../../src/errors/index.ts');

const SEEN = { v: 1, kind: 'k', id: 'i', startedAt: '2026-01-01T00:00:00.000Z' };
const WAIT = {
  startedAt: new Date(0),
  completedAt: new Date(1),
  elapsedMs: 1,
  polls: 1,
  unreachableMs: 0,
  warnings: [],
  steps: [],
};
const reconcile = async () => ({ outcome: 'not-started' }) as const;

/** One of each, and what each also is. */
const makers: Readonly<Record<string, readonly [(from: typeof here) => Error, readonly (keyof typeof here)[]]>> = {
  ConfigurationError: [(from) => new from.ConfigurationError('field', 'is wrong.'), []],
  HandleError: [(from) => new from.HandleError('v', 'is wrong.'), []],
  RestoreInProgressError: [
    (from) =>
      new from.RestoreInProgressError('m', {
        key: 'k',
        handle: SEEN,
        target: { system: 's', baseUrl: 'o', instance: 'i' },
      }),
    [],
  ],
  SelectionError: [(from) => new from.SelectionError('m', { reason: 'none' }), []],
  KeyMismatchError: [(from) => new from.KeyMismatchError('m', { key: 'k', differs: 'input' }), []],
  IncompleteTransferError: [(from) => new from.IncompleteTransferError('m', { reason: 'idle', bytes: 1 }), []],
  StoreError: [(from) => new from.StoreError('m', { reason: 'failed' }), []],
  RestoreRunningError: [(from) => new from.RestoreRunningError('m', { sessionId: 's', running: [] }), []],
  WriteOutcomeUnknownError: [(from) => new from.WriteOutcomeUnknownError('m', { method: 'PUT', path: '/x' }), []],
  ConnectionError: [(from) => new from.ConnectionError('m', { sent: 'no' }), []],
  RequestTimeoutError: [(from) => new from.RequestTimeoutError('m', { timeoutMs: 1 }), []],
  UnexpectedResponseError: [(from) => new from.UnexpectedResponseError('m', { status: 200 }), []],
  UntrustedLocationError: [(from) => new from.UntrustedLocationError('m', { location: 'x' }), []],
  ApiError: [(from) => from.apiErrorForStatus('m', { status: 418 }), []],
  ValidationError: [(from) => from.apiErrorForStatus('m', { status: 422 }), ['ApiError']],
  AuthenticationError: [(from) => from.apiErrorForStatus('m', { status: 401 }), ['ApiError']],
  PermissionError: [(from) => from.apiErrorForStatus('m', { status: 403 }), ['ApiError']],
  NotFoundError: [(from) => from.apiErrorForStatus('m', { status: 404 }), ['ApiError']],
  ConflictError: [(from) => from.apiErrorForStatus('m', { status: 409 }), ['ApiError']],
  RateLimitError: [(from) => from.apiErrorForStatus('m', { status: 429 }), ['ApiError']],
  ServerError: [(from) => from.apiErrorForStatus('m', { status: 500 }), ['ApiError']],
  OperationFailedError: [
    (from) =>
      new from.OperationFailedError('m', {
        state: 'failed',
        failure: { message: 'm', details: {} },
        handle: SEEN,
        wait: WAIT,
      }),
    [],
  ],
  PartialRestoreError: [(from) => new from.PartialRestoreError('m', { result: {}, handle: SEEN, wait: WAIT }), []],
  OutcomeUnknownError: [(from) => new from.OutcomeUnknownError('m'), []],
  StartOutcomeUnknownError: [(from) => new from.StartOutcomeUnknownError('m', { reconcile }), ['OutcomeUnknownError']],
  WaitTimeoutError: [(from) => new from.WaitTimeoutError('m'), ['OutcomeUnknownError']],
  OutageError: [(from) => new from.OutageError('m', { reason: 'gone', since: new Date(0) }), ['OutcomeUnknownError']],
  AccessLostError: [(from) => new from.AccessLostError('m'), ['OutcomeUnknownError']],
  WaitAbortedError: [(from) => new from.WaitAbortedError('m'), ['OutcomeUnknownError']],
};

type Branded = { isInstance(value: unknown): boolean };
const classOf = (from: typeof here, name: string) =>
  (from as unknown as Record<string, Branded & (new () => Error)>)[name] as Branded & (new () => Error);
const classes = Object.keys(here).filter((name) => name.endsWith('Error'));

it('the test knows every class', () => {
  expect(classes.filter((name) => name !== 'RestoreKitError').sort()).toEqual(Object.keys(makers).sort());
});

it('these are two copies', () => {
  expect(there.ApiError).not.toBe(here.ApiError);
  expect(new there.ConfigurationError('f', 'm')).not.toBeInstanceOf(here.ConfigurationError);
});

describe.each(Object.keys(makers))('%s', (name) => {
  const [make, parents] = makers[name] ?? [() => new Error(), []];
  const relatives = [name, 'RestoreKitError', ...parents];

  it.each([
    ['this copy', here],
    ['the other copy', there],
  ])('of %s is known by isInstance as what it is, and as nothing else', (_, from) => {
    const error = make(from);
    for (const each of classes)
      expect([each, classOf(here, each).isInstance(error)]).toEqual([each, relatives.includes(each)]);
  });

  it('is an Error with its own name, a code and a stack', () => {
    const error = make(here);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(here.RestoreKitError);
    for (const each of relatives) expect(error).toBeInstanceOf(classOf(here, each));
    expect(error.name).toBe(name);
    expect(error.stack).toContain(name);
    expect(error).toMatchObject({ code: expect.stringMatching(/^[a-z-]+$/), isRestoreKitError: true });
    expect(Object.keys(error)).not.toContain('name');
  });

  it('is JSON that says its name, code and message', () => {
    const error = make(here);
    const json = JSON.parse(JSON.stringify(error));
    expect(json).toMatchObject({
      name,
      message: error.message,
      code: Reflect.get(error, 'code'),
      isRetryable: Reflect.get(error, 'isRetryable'),
    });
    expect(json).not.toHaveProperty('stack');
  });
});

it('every class has a code of its own', () => {
  const codes = Object.values(makers).map(([make]) => Reflect.get(make(here), 'code'));
  expect(new Set(codes).size).toBe(codes.length);
});

it.each([
  undefined,
  null,
  'Error',
  {},
  { isRestoreKitError: true, name: 'ApiError' },
  new Error('x'),
  new TypeError('x'),
])('%s is none of them', (value) => {
  for (const each of classes) expect(classOf(here, each).isInstance(value)).toBe(false);
});
