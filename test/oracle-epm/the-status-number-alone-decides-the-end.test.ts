import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { UnexpectedResponseError } from '../../src/errors/index.ts';
import { toStatus } from '../../src/operation/status.ts';
import { decideJob } from '../../src/oracle-epm/decide-job.ts';

const decide = async (body: unknown, status = 200) =>
  toStatus(await decideJob(async () => ({ status, headers: {}, body }), { result: () => 'the result' })({}));

const step = (state: string) => ({ 'Restoring Environment Backup': state });

describe('running', () => {
  it.each([
    ['-1', { status: -1, details: '', intermittentStatus: null }, undefined],
    ['-1 as text (OE-8)', { status: '-1', details: null }, undefined],
    ['-1 with a sentence', { status: -1, details: 'Queued' }, 'Queued'],
    ['-1 with a failed step (OE-12)', { status: -1, details: '', intermittentStatus: [step('Failed')] }, undefined],
    ['-1 with every step done', { status: -1, details: '', intermittentStatus: [step('Success')] }, undefined],
    ['below -1', { status: -2, details: '' }, 'Status -2 is not documented; taken as still running.'],
    [
      'below -1, as text',
      { status: '-7', details: 'Odd' },
      'Odd (Status -7 is not documented; taken as still running.)',
    ],
  ])('%s', async (_, body, message) => {
    expect(await decide(body)).toMatchObject({ state: 'running', warnings: [] });
    expect((await decide(body)).message).toBe(message);
  });
});

describe('succeeded', () => {
  it.each([
    ['0', { status: 0, details: 'Environment backup restored successfully' }],
    ['0 as text (OE-8)', { status: '0', details: null }],
    ['0 with steps done or not asked for', { status: 0, intermittentStatus: [step('Success'), { Users: 'NA' }] }],
    ['0 with steps null', { status: 0, intermittentStatus: null }],
    ['0 with no step', { status: 0, intermittentStatus: [] }],
    ['0 under 202', { status: 0, details: null }, 202],
  ])('%s', async (_, body, httpStatus?: number) => {
    expect(await decide(body, httpStatus)).toMatchObject({ state: 'succeeded', result: 'the result', warnings: [] });
  });

  it.each(['Completed with warnings', 'In Progress', 'success', 'Abgebrochen', ''])(
    '0 with a step that says %j: with a warning that names it',
    async (word) => {
      const status = await decide({ status: 0, intermittentStatus: [{ First: 'Success' }, { Second: word }] });
      expect(status.state).toBe('succeeded');
      expect(status.warnings).toHaveLength(1);
      expect(status.warnings[0]).toMatchObject({
        code: 'odd-step',
        message: expect.stringContaining(`'Second' says '${word}'`),
      });
    },
  );
});

describe('partial: a step failed under status 0', () => {
  it.each(['Failed', 'Failure', 'FAILED', 'Error', 'Aborted'])('with the word %j', async (word) => {
    const status = await decide({ status: '0', intermittentStatus: [{ First: 'Success' }, { Second: word }] });
    expect(status).toMatchObject({
      state: 'partial',
      result: 'the result',
      warnings: [{ code: 'failed-step', message: expect.stringContaining(`'Second' says '${word}'`) }],
    });
  });
});

describe('failed', () => {
  it.each([
    [
      '1',
      { status: 1, details: 'EPMLCM-13000: Service currently not available' },
      '1',
      'EPMLCM-13000: Service currently not available',
    ],
    ['2, which is no cancelling (OE-2)', { status: 2, details: 'Why' }, '2', 'Why'],
    ['7', { status: 7, details: 'Why' }, '7', 'Why'],
    ['as text', { status: '1', details: 'Why' }, '1', 'Why'],
    ['details null (OE-10)', { status: 1, details: null }, '1', 'The vendor answered status 1 and gave no reason.'],
    ['details empty (OE-10)', { status: 3, details: '' }, '3', 'The vendor answered status 3 and gave no reason.'],
    [
      'details the text null',
      { status: '3', details: 'null' },
      '3',
      'The vendor answered status 3 and gave no reason.',
    ],
    ['every step a success', { status: 1, details: 'Why', intermittentStatus: [step('Success')] }, '1', 'Why'],
    [
      'no details, and a step that tells something',
      { status: 1, details: null, intermittentStatus: [step('Success'), { Users: 'Abgebrochen' }] },
      '1',
      'The vendor answered status 1 and gave no reason. Steps not done: Users (Abgebrochen).',
    ],
  ])('%s', async (_, body, code, message) => {
    const status = await decide(body);
    expect(status).toMatchObject({ state: 'failed', failure: { code, message } });
    expect(status.state === 'failed' && status.failure.details).toEqual(body);
  });
});

describe('not seen: never an end', () => {
  it.each([
    ['status empty', { status: '' }],
    ['status blank', { status: ' ' }],
    ['status of four hundred digits', { status: '9'.repeat(400), details: null }],
    ['status null', { status: null }],
    ['status absent', { details: 'Environment backup restored successfully', intermittentStatus: [step('Success')] }],
    ['status a word', { status: 'Success' }],
    ['status a truth value', { status: false }],
    ['status a fraction', { status: 0.5 }],
    ['status an object', { status: { code: 0 } }],
    ["a gateway's error", { detail: 'upstream unavailable', status: 503 }],
    ["a gateway's success", { status: 0 }],
    ["Spring's error", { timestamp: '2026-04-23T09:00:00Z', status: 503, error: 'Service Unavailable', path: '/x' }],
    ['a problem of RFC 9457', { type: 'about:blank', title: 'Service Unavailable', status: '503' }],
    ['a running state without a word of the API', { status: -1, message: 'pending' }],
    ['no object', [{ status: 0 }]],
    ['no JSON', undefined],
  ])('%s', async (_, body) => {
    await expect(decide(body)).rejects.toBeInstanceOf(UnexpectedResponseError);
  });

  it.each([301, 302, 401, 403, 404, 408, 429, 500, 503])('HTTP %i with a body that says 0', async (httpStatus) => {
    await expect(decide({ status: 0 }, httpStatus)).rejects.toMatchObject({ status: httpStatus });
  });
});

describe("the examples of the spec, the vendor's own among them", () => {
  const spec = parse(readFileSync(new URL('../../specs/oracle-epm.yaml', import.meta.url), 'utf8'));
  const path = spec.paths['/interop/rest/v1/services/restoreenvironment/status/{jobId}'];
  const examples = path.get.responses['200'].content['application/json'].examples as Record<string, { value: object }>;
  const expected: Record<string, string> = {
    running: 'running',
    'not-yet-stepped': 'running',
    'running-later': 'running',
    'running-string-status': 'running',
    'running-with-failed-step': 'running',
    succeeded: 'succeeded',
    'succeeded-with-odd-step': 'partial',
    'succeeded-with-requested-step-at-na': 'succeeded',
    'succeeded-without-steps': 'succeeded',
    failed: 'failed',
    'failed-other-code': 'failed',
    'failed-without-details': 'failed',
  };

  it('are all known here', () => {
    expect(Object.keys(expected).sort()).toEqual(Object.keys(examples).sort());
  });

  it.each(Object.entries(expected))('%s', async (name, state) => {
    const status = await decide(examples[name]?.value);
    expect(status.state).toBe(state);
    expect(status.warnings.length > 0).toBe(name === 'succeeded-with-odd-step');
  });
});
