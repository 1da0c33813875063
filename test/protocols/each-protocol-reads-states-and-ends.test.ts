import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/operation-failed-error.ts';
import { defineOperation } from '../../src/operation/define-operation.ts';
import type { OperationStatus, StatusDraft } from '../../src/operation/status.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { jobLocationProtocol } from '../../src/protocols/job-location.ts';
import type { PollResponse } from '../../src/protocols/poll-response.ts';
import { progressProtocol } from '../../src/protocols/progress.ts';
import { sessionProtocol } from '../../src/protocols/session.ts';
import { statusCodeProtocol } from '../../src/protocols/status-code.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';

type Poll = (options: { readonly signal?: AbortSignal }) => Promise<StatusDraft<string>>;
type Told = readonly (object | PollResponse)[];

/** A made-up vendor: a list of answers, of which the last one stays. */
function vendor(answers: Told, protocol: (fetchStatus: () => Promise<PollResponse>) => Poll) {
  const clock = virtualClock(Date.UTC(2026, 0, 1));
  let polls = 0;
  const fetchStatus = async (): Promise<PollResponse> => {
    const answer = answers[Math.min(polls, answers.length - 1)] ?? {};
    polls += 1;
    return 'status' in answer && 'headers' in answer
      ? (answer as PollResponse)
      : { status: 200, headers: {}, body: answer };
  };
  return defineOperation<string>({
    kind: 'acme/restore',
    id: '1',
    startedAt: new Date(clock.now()),
    clock,
    poll: protocol(fetchStatus),
  });
}

const byCode = (...answers: Told) =>
  vendor(answers, (fetchStatus) => statusCodeProtocol({ fetchStatus, result: () => 'restored' }));
const byJob = (...answers: Told) =>
  vendor(answers, (fetchStatus) =>
    jobLocationProtocol({
      fetchStatus,
      words: { running: ['QUEUED', 'RUNNING'], succeeded: ['DONE'], failed: ['BROKEN'] },
      failure: (body) => ({ message: String(body.reason), details: body }),
      result: () => 'restored',
    }),
  );
const bySession = (...answers: Told) =>
  vendor(answers, (fetchStatus) =>
    sessionProtocol({
      fetchStatus,
      ended: 'Closed',
      alive: ['Open'],
      outcome: ({ result }) => {
        if (result === 'Good') return { state: 'succeeded', result: 'restored' };
        if (result === 'Half') return { state: 'partial', result: 'restored in part' };
        return result === 'Bad' ? { state: 'failed', failure: { message: 'bad', details: result } } : undefined;
      },
    }),
  );
const byProgress = (...answers: Told) =>
  vendor(answers, (fetchStatus) =>
    progressProtocol({
      fetchStatus,
      read: (body) =>
        body.job === undefined ? undefined : (body.job as { isCompleted: boolean; percent?: number; error?: string }),
      result: () => 'restored',
    }),
  );

const states = async (operation: { poll(): Promise<OperationStatus<string>> }, count: number) => {
  const seen: string[] = [];
  for (let poll = 0; poll < count; poll += 1) seen.push((await operation.poll()).state);
  return seen;
};

describe('a status code', () => {
  it('runs at -1, succeeds at 0 and fails above', async () => {
    await expect(states(byCode({ status: -1 }, { status: '-1' }, { status: 0 }), 3)).resolves.toEqual([
      'running',
      'running',
      'succeeded',
    ]);
    await expect(states(byCode({ status: 7, details: 'why' }), 1)).resolves.toEqual(['failed']);
    await expect(waitForCompletion(byCode({ status: -1 }, { status: '0' }))).resolves.toMatchObject({
      state: 'succeeded',
      result: 'restored',
    });
    expect(await rejection(waitForCompletion(byCode({ status: 1, details: 'why' })))).toMatchObject({
      name: 'OperationFailedError',
      failure: { message: 'why', code: '1' },
    });
  });

  it.each(['', ' ', null, undefined, true, 'ok', 0.5, Number.NaN, [], {}, '0x0', '1e1'])(
    '%j is no code: it was not seen',
    async (status) => {
      expect(await rejection(byCode({ ...(status === undefined ? {} : { status }) }).poll())).toMatchObject({
        name: 'UnexpectedResponseError',
      });
    },
  );

  it('below -1 is not known, and runs on', async () => {
    await expect(byCode({ status: -2 }).poll()).resolves.toMatchObject({
      state: 'running',
      message: expect.stringContaining('-2'),
    });
  });

  it('never quotes what stands in its place', async () => {
    const error = await rejection(byCode({ status: 'pass-word-1' }).poll());
    expect(JSON.stringify(error)).not.toContain('pass-word-1');
  });
});

describe('a job', () => {
  it('ends by its exact words only', async () => {
    const told = ['QUEUED', 'done', 'Done', 'PAUSED', 'BROKEN ', undefined, null, 0, 'DONE'].map((state) => ({
      state,
      errors: ['x'],
    }));
    await expect(states(byJob(...told), told.length)).resolves.toEqual([
      ...told.slice(1).map(() => 'running'),
      'succeeded',
    ]);
    expect(await rejection(waitForCompletion(byJob({ state: 'BROKEN', reason: 'disk' })))).toMatchObject({
      failure: { message: 'disk' },
    });
  });

  it.each(['UNDONE', 'NOT-DONE', 'DONE-IN-PART', 'ABANDONED', 'UNBROKEN'])(
    'is not over at %s, which merely contains an ending word',
    async (state) => {
      await expect(byJob({ state }).poll()).resolves.toMatchObject({ state: 'running' });
    },
  );

  it('names a word that is not known', async () => {
    await expect(byJob({ state: 'PAUSED' }).poll()).resolves.toMatchObject({
      message: expect.stringContaining('PAUSED'),
    });
  });
});

describe('a session', () => {
  it('is not over before its word says so, whatever its result says', async () => {
    await expect(
      states(
        bySession(
          { state: 'Open', result: 'Good' },
          { state: 'Odd', result: 'Bad' },
          { state: 'closed', result: 'Good' },
        ),
        3,
      ),
    ).resolves.toEqual(['running', 'running', 'succeeded']);
  });

  it.each(['NotClosed', 'Closed-pending', 'Disclosed', 'Unclosed'])(
    'is not over at %s, which merely contains its ending word',
    async (state) => {
      await expect(bySession({ state, result: 'Good' }).poll()).resolves.toMatchObject({ state: 'running' });
    },
  );

  it('ends in part, or failed', async () => {
    await expect(states(bySession({ state: 'Closed', result: 'Half' }), 1)).resolves.toEqual(['partial']);
    await expect(
      waitForCompletion(bySession({ state: 'Closed', result: 'Half' }), { accept: 'partial' }),
    ).resolves.toMatchObject({ state: 'partial' });
    expect(await rejection(waitForCompletion(bySession({ state: 'Closed', result: 'Half' })))).toMatchObject({
      name: 'PartialRestoreError',
    });
    expect(await rejection(waitForCompletion(bySession({ state: 'Closed', result: 'Bad' })))).toBeInstanceOf(
      OperationFailedError,
    );
  });

  it.each(['Perhaps', undefined, null, '', 'NotGood', 5])(
    'that ended with the result %j ends every wait at once, without a verdict',
    async (result) => {
      const ended = {
        name: 'OutcomeUnknownError',
        reason: 'ended-without-verdict',
        started: 'yes',
        handle: { id: '1' },
      };
      const operation = bySession({ state: 'Open' }, { state: 'Closed', result });
      await operation.poll();
      expect(await rejection(operation.poll())).toMatchObject(ended);
      expect(
        await rejection(waitForCompletion(bySession({ state: 'Open' }, { state: 'Closed', result }))),
      ).toMatchObject({
        ...ended,
        lastSeen: { state: 'running' },
        observed: { running: 1, 'outcome-unknown ended-without-verdict': 1 },
      });
    },
  );

  it('without a state was not seen', async () => {
    expect(await rejection(bySession({ result: 'Good' }).poll())).toMatchObject({ name: 'UnexpectedResponseError' });
  });
});

describe('a progress record', () => {
  it('ends when it is completed, not at a hundred percent', async () => {
    const told = [
      { job: { isCompleted: false, percent: 100 } },
      { job: { isCompleted: false, percent: 50, error: 'soon' } },
      { job: { isCompleted: true, percent: 100, error: '' } },
    ];
    await expect(states(byProgress(...told), 3)).resolves.toEqual(['running', 'running', 'succeeded']);
  });

  it.each<[string, object, string]>([
    ['an error', { error: 'disk full', percent: 100 }, 'failed'],
    ['less than a hundred percent', { percent: 62 }, 'failed'],
    ['a veto', { percent: 100, isFailed: true }, 'failed'],
    ['a stop', { percent: 100, isCanceled: true }, 'canceled'],
    ['white space for an error', { percent: 100, error: ' \n' }, 'succeeded'],
    ['null for an error', { percent: 100, error: null }, 'succeeded'],
    ['no percentage', {}, 'succeeded'],
  ])('completed with %s', async (_, more, expected) => {
    await expect(states(byProgress({ job: { isCompleted: true, ...more } }), 1)).resolves.toEqual([expected]);
  });

  it('that is not there was not seen', async () => {
    expect(await rejection(byProgress({}).poll())).toMatchObject({ name: 'UnexpectedResponseError' });
  });

  it.each([
    [-5, 0],
    [150, 100],
    [Number.NaN, undefined],
  ])('at %d percent shows %s', async (percent, shown) => {
    expect((await byProgress({ job: { isCompleted: false, percent } }).poll()).percent).toBe(shown);
  });
});

describe.each([
  ['a status code', byCode],
  ['a job', byJob],
  ['a session', bySession],
  ['a progress record', byProgress],
])('%s', (_, make) => {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}): PollResponse => ({
    status,
    headers,
    body,
  });

  it.each([null, undefined, 'text', '<html>', 5, [], [{ state: 'DONE', status: 0 }]])(
    'in a body that is %j was not seen',
    async (body) => {
      expect(await rejection(make(answer(200, body)).poll())).toMatchObject({ name: 'UnexpectedResponseError' });
    },
  );

  it.each([
    [302, 'UnexpectedResponseError'],
    [401, 'AuthenticationError'],
    [404, 'NotFoundError'],
    [429, 'RateLimitError'],
    [503, 'ServerError'],
  ])('in a %i was not seen, even if the body says done', async (status, name) => {
    const body = { status: 0, state: 'DONE', result: 'Good', job: { isCompleted: true, percent: 100 } };
    expect(await rejection(make(answer(status, body)).poll())).toMatchObject({ name });
  });

  it('hands on when to poll again, whatever case the header has and whenever it came', async () => {
    const body = { status: -1, state: 'Open', job: { isCompleted: false } };
    await expect(make(answer(200, body, { 'RETRY-After': '45' })).poll()).resolves.toMatchObject({
      state: 'running',
      pollAfterMs: 45_000,
    });
    const date = { 'retry-after': 'Thu, 01 Jan 2026 00:05:00 GMT' };
    const at = Date.UTC(2026, 0, 1, 0, 4, 0);
    await expect(make({ ...answer(200, body, date), at }).poll()).resolves.toMatchObject({ pollAfterMs: 60_000 });
  });

  it('keeps the vendor’s answer out of JSON', async () => {
    const status = await make({ status: -1, state: 'Open', job: { isCompleted: false }, whole: 'answer' }).poll();
    expect(status.raw).toMatchObject({ whole: 'answer' });
    expect(JSON.stringify(status)).not.toContain('whole');
  });
});
