import { describe, expect, it } from 'vitest';
import {
  type FetchStatus,
  jobLocationProtocol,
  progressProtocol,
  sessionProtocol,
  statusCodeProtocol,
  toStatusCode,
} from '../../src/protocols/index.ts';

const answers =
  (body: unknown, status = 200, headers: Record<string, string> | Headers = {}): FetchStatus =>
  async () => ({ status, headers, body });

const warning = { code: 'half-empty', message: 'One file is empty.' };

const byCode = (fetchStatus: FetchStatus, more: object = {}) =>
  statusCodeProtocol({ fetchStatus, result: () => 'restored', ...more })({});
const byJob = (fetchStatus: FetchStatus, more: object = {}) =>
  jobLocationProtocol({
    fetchStatus,
    words: { running: ['QUEUED', 'RUNNING'], succeeded: ['DONE'], failed: ['BROKEN'] },
    failure: ({ reason }) => ({ message: String(reason), details: reason }),
    result: () => 'restored',
    ...more,
  })({});
const bySession = (fetchStatus: FetchStatus, more: object = {}) =>
  sessionProtocol({
    fetchStatus,
    ended: 'Closed',
    alive: ['Open', 'Closing'],
    outcome: () => ({ state: 'succeeded', result: 'restored' }),
    ...more,
  })({});
const byProgress = (fetchStatus: FetchStatus) =>
  progressProtocol<string>({ fetchStatus, read: ({ job }) => job as never, result: () => 'restored' })({});

const endings = [
  ['a status code', byCode, { status: 0 }],
  ['a job', byJob, { state: 'DONE' }],
  ['a session', bySession, { state: 'Closed' }],
] as const;

describe.each(endings)('the warnings of %s', (_, poll, end) => {
  it('are those that its system reads in the answer', async () => {
    const draft = await poll(answers(end), { warnings: () => [warning] });
    expect(draft).toMatchObject({ state: 'succeeded', warnings: [warning] });
  });

  it('are none where its system reads none', async () => {
    expect((await poll(answers(end))).warnings).toEqual([]);
  });
});

describe('a progress record', () => {
  it('passes its warnings on, or none', async () => {
    const job = { isCompleted: true, percent: 100 };
    expect((await byProgress(answers({ job: { ...job, warnings: [warning] } }))).warnings).toEqual([warning]);
    expect((await byProgress(answers({ job }))).warnings).toEqual([]);
  });

  it('that names an error before its end tells it, and still runs', async () => {
    const running = await byProgress(answers({ job: { isCompleted: false, error: 'disk full' } }));
    expect(running).toMatchObject({ state: 'running', message: expect.stringContaining('disk full') });
    expect(await byProgress(answers({ job: { isCompleted: false, error: ' ' } }))).not.toHaveProperty('message');
  });

  it('tells why it failed, and holds the answer', async () => {
    const body = { job: { isCompleted: true, percent: 30, error: 'disk full' } };
    expect(await byProgress(answers(body))).toMatchObject({
      state: 'failed',
      failure: { message: 'disk full', details: body },
    });
  });

  it.each([
    [{ percent: 30 }, 'It ended at 30 % and gave no reason.'],
    [{ isFailed: true }, 'It ended at ? % and gave no reason.'],
    [{ percent: 100, isFailed: true }, 'It ended at 100 % and gave no reason.'],
  ])('that failed as %j without a reason says how far it came', async (more, message) => {
    const body = { job: { isCompleted: true, ...more } };
    expect(await byProgress(answers(body))).toMatchObject({ state: 'failed', failure: { message, details: body } });
  });

  it('without a percentage may succeed', async () => {
    expect(await byProgress(answers({ job: { isCompleted: true } }))).toMatchObject({ state: 'succeeded' });
  });
});

describe('a running state', () => {
  it.each([
    [byJob, 'QUEUED'],
    [byJob, 'RUNNING'],
    [bySession, 'Open'],
    [bySession, 'closing'],
    [bySession, 'OPEN'],
  ] as const)('that is documented is told as it is: %#', async (poll, state) => {
    expect(await poll(answers({ state }))).toMatchObject({ state: 'running', message: state });
  });

  it.each([
    [byJob, { state: 'PAUSED' }, 'PAUSED is not known'],
    [byJob, { state: 'done' }, 'done is not known'],
    [byJob, {}, '(none) is not known'],
    [bySession, { state: 'Paused' }, 'Paused is not a known state'],
  ] as const)('that is not documented is named: %#', async (poll, body, message) => {
    expect(await poll(answers(body))).toMatchObject({ state: 'running', message: expect.stringContaining(message) });
  });
});

describe('a status code', () => {
  it.each([
    [{ status: -1, details: 'copying' }, 'copying'],
    [{ status: -1 }, undefined],
    [{ status: -2 }, 'Status -2 is not documented; taken as still running.'],
    [{ status: -2, details: 'odd' }, 'odd (Status -2 is not documented; taken as still running.)'],
  ])('%j runs, with this message', async (body, message) => {
    const draft = await byCode(answers(body));
    expect(draft.state).toBe('running');
    expect(draft.message).toBe(message);
  });

  it.each([
    [
      { status: 5, details: 'no space' },
      { message: 'no space', code: '5' },
    ],
    [{ status: 1 }, { message: 'The vendor answered status 1 and gave no reason.', code: '1' }],
  ])('%j has failed, with this reason', async (body, failure) => {
    expect(await byCode(answers(body))).toMatchObject({ state: 'failed', failure: { ...failure, details: body } });
  });

  it('comes with the steps that its system reads, or none', async () => {
    const steps = [{ name: 'import', state: 'Success' }];
    expect((await byCode(answers({ status: 0 }), { steps: () => steps })).steps).toEqual(steps);
    expect((await byCode(answers({ status: 0 }))).steps).toEqual([]);
  });

  it('and its sentence may stand elsewhere', async () => {
    const more = { code: (body: { code?: unknown }) => body.code, message: () => 'told elsewhere' };
    expect(await byCode(answers({ code: 3, status: 0 }), more)).toMatchObject({
      state: 'failed',
      message: 'told elsewhere',
      failure: { message: 'told elsewhere' },
    });
  });

  it.each([
    [12, 12],
    ['12', 12],
    [' -1 ', -1],
    ['', undefined],
    ['1.5', undefined],
    [1.5, undefined],
    ['0x10', undefined],
    ['1 2', undefined],
    [null, undefined],
    [true, undefined],
    [['7'], undefined],
    ['9'.repeat(400), undefined],
  ])('%j is read as %s', (value, code) => {
    expect(toStatusCode(value)).toBe(code);
  });
});

describe('an answer without a status', () => {
  it.each([
    [byCode, {}, ['status is absent, not a whole number']],
    [byCode, { status: 'soon' }, ['status is a string, not a whole number']],
    [bySession, {}, ['state is missing']],
  ] as const)('says what is wrong with it: %#', async (poll, body, issues) => {
    await expect(poll(answers(body))).rejects.toMatchObject({ code: 'unexpected-response', status: 200, issues });
  });

  it('is one without a progress record too', async () => {
    await expect(byProgress(answers({}))).rejects.toMatchObject({ code: 'unexpected-response', status: 200 });
  });

  it.each([101, 199, 300, 399])('is any %i', async (status) => {
    await expect(byCode(answers({ status: 0 }, status))).rejects.toMatchObject({ code: 'unexpected-response', status });
  });

  it('is a 2xx that holds no object, whatever its status', async () => {
    await expect(byCode(answers('done', 299))).rejects.toMatchObject({ code: 'unexpected-response', status: 299 });
  });

  it.each([400, 499, 500])('is a %i, as the error of that status', async (status) => {
    await expect(byCode(answers({ status: 0 }, status))).rejects.toMatchObject({
      status,
      message: `The status request was answered ${status}.`,
    });
  });
});

it.each([200, 299])('a %i with a status is read', async (status) => {
  expect(await byCode(answers({ status: 0 }, status))).toMatchObject({ state: 'succeeded' });
});

it.each([
  ['a Headers object', new Headers({ 'Retry-After': '45' })],
  ['a record', { 'RETRY-after': '45' }],
  // A header may have the name of the method that reads headers.
  ['a record with a header of the name get', { get: 'it', 'retry-after': '45' }],
])('the headers may be %s', async (_, headers) => {
  expect(await byCode(answers({ status: -1 }, 200, headers))).toMatchObject({ pollAfterMs: 45_000 });
});
