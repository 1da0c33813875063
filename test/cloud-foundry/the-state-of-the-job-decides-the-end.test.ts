import { describe, expect, it } from 'vitest';
import { decideJob } from '../../src/cloud-foundry/decide-job.ts';
import { SpecDocument } from '../specs/spec-document.ts';

const decide = (body: unknown, headers: Record<string, string> = {}) =>
  decideJob(
    async () => ({ status: 200, headers: new Headers(headers), body }),
    () => 'the result',
  )({});
const job = (state: unknown, more: object = {}) => ({ guid: 'job-1', state, ...more });
const ERROR = { code: 10009, title: 'CF-UnableToPerform', detail: 'backup is corrupt' };

describe('the table of verdicts', () => {
  it.each<[string, unknown, string]>([
    ['PROCESSING', job('PROCESSING'), 'running'],
    ['POLLING', job('POLLING'), 'running'], // CF-1
    ['POLLING with errors of an earlier attempt', job('POLLING', { errors: [ERROR], warnings: [] }), 'running'],
    ['PROCESSING with errors', job('PROCESSING', { errors: [ERROR] }), 'running'],
    ['COMPLETE', job('COMPLETE', { errors: [], warnings: [] }), 'succeeded'],
    ['COMPLETE and nothing else', job('COMPLETE'), 'succeeded'],
    ['COMPLETE with null lists', job('COMPLETE', { errors: null, warnings: null }), 'succeeded'],
    ['COMPLETE with warnings', job('COMPLETE', { warnings: [{ detail: 'w' }] }), 'succeeded'],
    ['FAILED with an error', job('FAILED', { errors: [ERROR] }), 'failed'],
    ['FAILED with no errors', job('FAILED', { errors: [] }), 'failed'],
    ['FAILED without the key', job('FAILED'), 'failed'],
    ['FAILED with null', job('FAILED', { errors: null }), 'failed'],
    ['FAILED with errors that are none', job('FAILED', { errors: 'broken' }), 'failed'],
    ['CANCELLING', job('CANCELLING'), 'running'],
    ['complete in small letters', job('complete'), 'running'],
    ['FAILED with a blank', job('FAILED '), 'running'],
    ['no state', { guid: 'job-1' }, 'running'],
    ['null', job(null), 'running'],
    ['an empty state', job(''), 'running'],
    ['a number', job(0), 'running'],
  ])('%s', async (_, body, state) => {
    expect((await decide(body)).state).toBe(state);
  });
});

const spec = new SpecDocument('cloud-foundry');
const operation = spec.operation('getJob');
const examples = (operation && spec.response(operation, 200)?.response.content?.['application/json']?.examples) ?? {};

/** What each sample of the specification means: state, warnings, errors in the failure. A new one is judged here. */
const verdicts: Readonly<Record<string, readonly [string, number, string?]>> = {
  processing: ['running', 0],
  polling: ['running', 0],
  'polling-with-error': ['running', 0],
  'unknown-state': ['running', 0],
  complete: ['succeeded', 0],
  'complete-minimal': ['succeeded', 0],
  'complete-with-warnings': ['succeeded', 1],
  restored: ['succeeded', 0],
  'backup-made': ['succeeded', 0],
  failed: ['failed', 1, 'CF-UnprocessableEntity'],
  'failed-several-errors': ['failed', 0, 'CF-UnableToPerform'],
  'failed-timeout': ['failed', 0, 'CF-JobTimeout'],
  'failed-without-errors': ['failed', 0],
  'failed-errors-absent': ['failed', 0],
};

describe('the samples of the specification', () => {
  it('are all judged', () => {
    expect(Object.keys(examples).sort()).toEqual(Object.keys(verdicts).sort());
  });

  it.each(Object.entries(examples))('%s', async (name, { value }) => {
    const status = await decide(value);
    const code = status.state === 'failed' ? status.failure.code : undefined;
    expect([status.state, status.warnings?.length, ...(code === undefined ? [] : [code])]).toEqual(verdicts[name]);
  });
});

describe('a failure', () => {
  it('tells all its errors, and the answer', async () => {
    const body = job('FAILED', {
      errors: [ERROR, { code: 10008, title: 'CF-UnprocessableEntity', detail: 'the instance is not ready' }],
    });
    expect(await decide(body)).toMatchObject({
      failure: { code: 'CF-UnableToPerform', message: 'backup is corrupt; the instance is not ready', details: body },
    });
  });

  it('without a reason says so', async () => {
    expect(await decide(job('FAILED', { errors: [] }))).toMatchObject({
      failure: { message: expect.stringContaining('no reason') },
    });
  });

  it('does not show the HTTP status 200 as its cause', async () => {
    expect(JSON.stringify(await decide(job('FAILED')))).not.toContain('200');
  });
});

describe('warnings', () => {
  const messages = async (body: unknown, headers?: Record<string, string>) =>
    (await decide(body, headers)).warnings?.map(({ message }) => message);

  it('come from the job and from the headers, each once', async () => {
    const body = job('COMPLETE', {
      warnings: [{ detail: 'a, b' }, { detail: 'c' }, { detail: 'c' }, {}, { detail: null }],
    });
    await expect(messages(body, { 'x-cf-warnings': 'a%2C+b,d+%2B+e,100%ZZ' })).resolves.toEqual([
      'a, b',
      'c',
      'd + e',
      '100%ZZ',
    ]);
  });

  it('are there while it runs, too', async () => {
    await expect(messages(job('POLLING'), { 'x-cf-warnings': 'slow+today' })).resolves.toEqual(['slow today']);
  });

  it.each(['', ',', ' , ,', '%', '%,%%'])('of the header %j are no crash', async (header) => {
    await expect(messages(job('POLLING'), { 'x-cf-warnings': header })).resolves.toBeInstanceOf(Array);
  });
});

it('a state that is not known is named', async () => {
  expect(await decide(job('CANCELLING'))).toMatchObject({
    state: 'running',
    message: expect.stringContaining('CANCELLING'),
  });
});
