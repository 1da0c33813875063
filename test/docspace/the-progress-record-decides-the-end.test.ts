import { describe, expect, it } from 'vitest';
import { decideProgress } from '../../src/docspace/decide-progress.ts';
import { OutcomeUnknownError, UnexpectedResponseError } from '../../src/errors/index.ts';
import { SpecDocument } from '../specs/spec-document.ts';
import { done, OTHER_TASK, record, TASK } from './support.ts';

const ACTIVE = 0;
const RESTORING = 4;
const UNTOLD = -1;

/** Polls so often on a portal of that status, and answers the last. The last body is given again and again. */
const decideOver = async (bodies: readonly unknown[], { tenantStatus = ACTIVE, polls = 1 } = {}) => {
  const left = [...bodies];
  const poll = decideProgress({
    fetchStatus: async () => ({
      status: 200,
      headers: new Headers({ 'content-type': 'application/json' }),
      body: left.length > 1 ? left.shift() : left[0],
    }),
    taskId: TASK,
    result: () => 'restored',
    tenantStatus: async () => (tenantStatus === UNTOLD ? undefined : tenantStatus),
  });
  for (let count = 1; count < polls; count += 1) await poll({});
  const status = await poll({}).catch((error: unknown) => error);
  if (UnexpectedResponseError.isInstance(status)) return { state: 'not known' };
  if (OutcomeUnknownError.isInstance(status)) return { state: status.reason };
  if (status instanceof Error) throw status;
  return status as Awaited<ReturnType<typeof poll>>;
};

const decide = (body: unknown) => decideOver([body]);
const inEnvelope = (response: unknown) => ({ response, status: 0, statusCode: 200 });

const answered = (response?: unknown) =>
  decide({ ...(response === undefined ? {} : { response }), status: 0, statusCode: 200 });

describe('a running restore', () => {
  it.each([
    ['not completed', record(), { percent: 10 }],
    ['at 100 %, and not completed', record({ progress: 100 }), { percent: 100 }],
    ['with the status of a completed one', record({ status: 2 }), { percent: 10 }],
    ['with the status of a canceled one', record({ status: 3 }), {}],
    ['without a percentage', record({ progress: undefined }), {}],
    ['with an error, which is not the end', record({ error: 'Table locked.' }), {}],
    ['under its new tenant', record({ tenantId: 7, progress: 75 }), { percent: 75 }],
    ['with its id in other letters', record({ taskId: TASK.toUpperCase() }), {}],
  ])('%s', async (_, response, expected) => {
    expect(await answered(response)).toMatchObject({ state: 'running', ...expected });
  });

  it('names the error it has', async () => {
    expect(await answered(record({ error: 'Table locked.' }))).toHaveProperty(
      'message',
      expect.stringContaining('Table locked.'),
    );
  });
});

describe('a success', () => {
  it.each([
    ['an empty error', done()],
    ['a null error', done({ error: null })],
    ['an absent error', done({ error: undefined })],
    ['an error of white space', done({ error: ' \r\n' })],
    ['a status that lags', done({ status: 1 })],
    ['the status of a created one', done({ status: 0 })],
    ['no status, as up to 3.6', done({ status: undefined })],
    ['the percentage as text', done({ progress: '100' })],
  ])('with %s', async (_, response) => {
    expect(await answered(response)).toMatchObject({ state: 'succeeded', result: 'restored', percent: 100 });
  });

  it('keeps its warning', async () => {
    expect(await answered(done({ warning: 'Some files were left out.' }))).toMatchObject({
      state: 'succeeded',
      warnings: [{ message: 'Some files were left out.' }],
    });
  });

  it('is read without an envelope too, as the page of the start call shows the record', async () => {
    expect(await decide(done())).toMatchObject({ state: 'succeeded' });
  });
});

describe('a failure', () => {
  it.each([
    ['status Completed', done({ progress: 62, error: 'The backup file is invalid.' })],
    ['status Failted', done({ progress: 62, error: 'The backup file is invalid.', status: 4 })],
    ['status Canceled', done({ progress: 62, error: 'The backup file is invalid.', status: 3 })],
    ['100 %', done({ error: 'The backup file is invalid.' })],
    ['no percentage', done({ error: 'The backup file is invalid.', progress: undefined })],
    ['no status', done({ error: 'The backup file is invalid.', status: undefined })],
  ])('with an error and %s has that error as its reason', async (_, response) => {
    expect(await answered(response)).toMatchObject({
      state: 'failed',
      failure: { message: 'The backup file is invalid.' },
    });
  });

  it.each([
    ['ended at 62 %', done({ progress: 62 }), /62 %/],
    ['ended at 0 %', done({ progress: 0 }), /0 %/],
    ['has the status Failted at 100 %', done({ status: 4 }), /no reason/],
    ['has the status Failted as a name', done({ status: 'Failted' }), /no reason/], // DS-26
    ['has the status Failted and no percentage', done({ status: 4, progress: undefined }), /no reason/],
  ])('without an error %s', async (_, response, message) => {
    expect(await answered(response)).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringMatching(message) },
    });
  });
});

it.each([
  ['at 42 %', done({ progress: 42, status: 3 })],
  ['at 100 %', done({ status: 3 })],
  ['by name', done({ progress: 42, status: 'Canceled' })],
])('status 3 without an error is a canceled restore: %s', async (_, response) => {
  expect(await answered(response)).toMatchObject({ state: 'canceled' });
});

describe('an end whose answer does not say how', () => {
  const LAGGING = [
    ['Running', done({ progress: 62, status: 1 })],
    ['Created', done({ progress: 62, status: 0 })],
    ['Running as a name', done({ progress: 62, status: 'Running' })],
  ] as const;
  const OLD = done({ progress: 62, status: undefined });
  const FAILED = { state: 'failed', failure: { message: expect.stringMatching(/62 % .* does not show whether/) } };

  it.each<[string, Record<string, unknown>, string]>([
    ['a cancellation', { progress: 62, status: 3 }, 'canceled'],
    ['a failure by its error', { progress: 62, error: 'File not found.', status: 1 }, 'failed'],
    ['a failure of the job wrapper', { progress: 62, status: 4 }, 'failed'],
    ['a success', {}, 'succeeded'],
    ['a restore that goes on', { progress: 75, isCompleted: false, status: 1 }, 'running'],
  ])('is read once more, and may turn out to be %s', async (_, next, state) => {
    for (const response of [...LAGGING.map(([, lagging]) => lagging), OLD, done({ progress: undefined })]) {
      expect(await decideOver([inEnvelope(response), inEnvelope(done(next))])).toMatchObject({ state });
    }
  });

  it.each(LAGGING)('below 100 %% with status %s is told at the next poll', async (_, response) => {
    const body = inEnvelope(response);
    expect(await decide(body)).toMatchObject({
      state: 'running',
      percent: 62,
      pollAfterMs: 5_000,
      message: expect.stringContaining('62 %'),
    });
    expect(await decideOver([body], { polls: 2 })).toMatchObject(FAILED);
  });

  it('below 100 % without a status, as up to 3.6, is told at once: no word can follow', async () => {
    expect(await answered(OLD)).toMatchObject(FAILED);
  });

  it.each([RESTORING, 1, UNTOLD])(
    'is not told while the tenant status is %s, and after a minute it is unknown',
    async (tenantStatus) => {
      for (const response of [LAGGING[0][1], OLD, done({ progress: undefined })]) {
        const body = inEnvelope(response);
        expect(await decideOver([body], { tenantStatus, polls: 11 })).toMatchObject({ state: 'running' });
        const end = await decideOver([body], { tenantStatus, polls: 12 });
        expect(end).toEqual({ state: 'ended-without-verdict' });
      }
    },
  );

  it('counts anew after a poll that saw the restore going on', async () => {
    const [, lagging] = LAGGING[0];
    const bodies = [lagging, lagging, record({ progress: 70 }), lagging].map(inEnvelope);
    expect(await decideOver(bodies, { polls: 3 })).toMatchObject({ state: 'running' });
  });

  it.each([
    ['no percentage', { progress: undefined }],
    ['an empty percentage', { progress: '' }],
    ['null for a percentage', { progress: null }],
    ['more than 100 %', { progress: 101 }],
    ['no percentage and no status', { progress: undefined, status: undefined }],
  ])('with %s is over without a verdict', async (_, more) => {
    expect(await answered(done(more))).toEqual({ state: 'ended-without-verdict' });
  });
});

describe('nothing is known from', () => {
  it.each([
    ['an answer without a record', undefined],
    ['the running record of another restore', record({ taskId: OTHER_TASK })],
    ['the success of another restore', done({ taskId: OTHER_TASK })],
    ['the failure of another restore', done({ taskId: OTHER_TASK, error: 'File not found.' })],
    ['a record without an id', done({ taskId: undefined })],
    ['isCompleted as text', done({ isCompleted: 'true' })],
    ['isCompleted as a number', done({ isCompleted: 1 })],
    ['no isCompleted', done({ isCompleted: undefined })],
    ['an error that is no text', done({ error: { message: 'odd' } })],
    ['a text for a record', 'ok'],
    ['a list', [done()]],
  ])('%s', async (_, response) => {
    expect(await answered(response)).toEqual({ state: 'not known' });
  });

  it.each([[null], ['<html></html>'], [[]], [{}]])('the body %j', async (body) => {
    expect(await decide(body)).toEqual({ state: 'not known' });
  });
});

describe('the examples of the document', () => {
  const examples = new SpecDocument('docspace').at(
    '/paths/~1api~12.0~1backup~1getrestoreprogress/get/responses/200/content/application~1json/examples',
  ) as Record<string, { value: unknown }>;

  // One answer does not decide it: the next poll tells how it has ended.
  const needsAnotherPoll = 'ended-while-status-lags';
  const decided = Object.entries(examples).filter(([name]) => name !== needsAnotherPoll);

  it.each(decided)('%s ends as its name says', async (name, { value }) => {
    const expected = /^(succeeded|failed|canceled)/.exec(name)?.[1];
    const running = /^(queued|running)/.test(name) ? 'running' : 'not known';
    expect(await decide(value)).toHaveProperty('state', expected ?? running);
  });

  it('are all there', () => {
    expect(examples).toHaveProperty(needsAnotherPoll);
    expect(Object.keys(examples).length).toBeGreaterThanOrEqual(12);
  });
});
