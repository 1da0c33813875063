import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/operation-failed-error.ts';
import type { OperationStatus, WaitUpdate } from '../../src/operation/status.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import type { CloudFoundryScenario } from '../../src/testing/cloud-foundry/scenario.ts';
import { cloudFoundryScenarios } from '../../src/testing/cloud-foundry/scenarios.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { foundation, RESTORE } from './support.ts';

const MINUTE = 60_000;
const STUCK = { durationMs: 60 * MINUTE, job: { staysProcessing: true } } satisfies CloudFoundryScenario;

/** Waits for three hours; tells when the instance was read since the start, in minutes, and what was told. */
async function watched(scenario: CloudFoundryScenario, timeoutMs = 180 * MINUTE) {
  const world = foundation(scenario);
  const { cf, clock, sent } = world;
  const operation = await cf.serviceInstances.restore(RESTORE);
  const began = clock.now();
  const readBefore = sent('getServiceInstance').length;
  const told: { readonly minute: number; readonly update: WaitUpdate<unknown> }[] = [];
  const onProgress = (update: WaitUpdate<unknown>) => {
    told.push({ minute: (clock.now() - began) / MINUTE, update });
  };
  const error = await rejection(waitForCompletion(operation, { timeoutMs, onProgress }));
  const reads = sent('getServiceInstance')
    .slice(readBefore)
    .map(({ at }) => (at - began) / MINUTE);
  const warned = told.filter(({ update }) => codesOf(update).includes('last-operation-ended'));
  return { ...world, operation, error, told, reads, warned };
}

const codesOf = ({ warnings }: Pick<OperationStatus<unknown>, 'warnings'>) => warnings.map(({ code }) => code);

describe('a job that does not change for half an hour', () => {
  it.each([
    ['succeeded', {}],
    ['failed', { ending: 'failed' }],
  ] as const)(
    'is told beside the last operation of its instance, which has %s; and that is no verdict',
    async (state, more) => {
      const { error, reads, warned, told } = await watched({ ...STUCK, ...more });
      expect(error).toMatchObject({
        name: 'WaitTimeoutError',
        lastSeen: { message: expect.stringContaining(`update, ${state}`) },
      });
      expect(reads[0]).toBeGreaterThanOrEqual(30);
      expect(reads[0]).toBeLessThan(32);
      const pauses = reads.slice(1).map((at, index) => at - (reads[index] ?? 0));
      expect(Math.min(...pauses)).toBeGreaterThan(9.999);
      expect(Math.max(...pauses)).toBeLessThan(12.5);
      expect(warned[0]?.minute).toBeGreaterThanOrEqual(60);
      expect(warned[0]?.minute).toBeLessThan(72);
      // Once it has been told, it is told with each poll.
      expect(told.slice(told.findIndex(({ update }) => update === warned[0]?.update))).toHaveLength(warned.length);
      for (const { update } of warned) {
        expect(update.state).toBe('running');
        expect(codesOf(update)).toEqual(['last-operation-ended']);
      }
      const between = told.filter(({ minute }) => minute > 35 && minute < 59);
      for (const { update } of between) expect(update.message).toContain('in progress');
    },
  );

  it.each([15 * MINUTE, -15 * MINUTE, 5_000, -5_000])(
    'is judged by the clock of the server, which is %i ms ahead',
    async (clockSkewMs) => {
      const { reads, warned } = await watched({ ...STUCK, clockSkewMs });
      expect(reads[0]).toBeGreaterThanOrEqual(29);
      expect(reads[0]).toBeLessThan(32);
      expect(warned[0]?.minute).toBeLessThan(72);
    },
  );

  it('is not told beside an operation of before', async () => {
    const { reads, warned } = await watched({ ...STUCK, lastOperation: 'unchanged' });
    expect(reads.length).toBeGreaterThan(10);
    expect(warned).toEqual([]);
  });

  it('is not told beside the answer about another instance', async () => {
    const { warned, error } = await watched(cloudFoundryScenarios['another-instance-answers']);
    expect(error).toMatchObject({ name: 'WaitTimeoutError' });
    expect(warned).toEqual([]);
  });

  it('is not told beside another instance whose operation has just ended', async () => {
    const { clock } = clientOf({});
    const last = { type: 'update', state: 'succeeded', created_at: '2026-01-01T00:10:00Z' };
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      const isJob = url.pathname.startsWith('/v3/jobs');
      return Response.json(
        isJob ? { guid: 'job-1', state: 'PROCESSING' } : { guid: 'other', name: 'n', last_operation: last },
      );
    });
    const { start } = clientOf({ fetch: server.fetch, clock });
    const codes = new Set<string | undefined>();
    const onProgress = (update: WaitUpdate<unknown>) => {
      for (const code of codesOf(update)) codes.add(code);
    };
    await rejection(waitForCompletion(await start(), { timeoutMs: 90 * MINUTE, onProgress }));
    expect([...codes]).toEqual([]);
    expect(server.received.filter(({ url }) => url.pathname.includes('service_instances')).length).toBeGreaterThan(5);
  });

  it('is told so at the first poll of a process that takes over', async () => {
    const { operation, newClient } = await watched(STUCK);
    const status = await newClient()
      .resume(JSON.parse(JSON.stringify(operation)))
      .poll();
    expect(codesOf(status)).toEqual(['last-operation-ended']);
  });

  it('is told so also where it is followed by its guid alone', async () => {
    const { operation, newClient } = await watched(STUCK);
    expect(codesOf(await newClient().attach({ id: operation.id }).poll())).toEqual(['last-operation-ended']);
  });
});

it('the instance of a job that changes is not read', async () => {
  const { reads } = await watched({ ending: 'never' });
  expect(reads).toEqual([]);
});

describe('an instance that cannot be read', () => {
  it.each<[string, () => Response | Promise<Response>]>([
    [
      '404',
      () => Response.json({ errors: [{ code: 10010, title: 'CF-ResourceNotFound', detail: 'no' }] }, { status: 404 }),
    ],
    [
      '403',
      () => Response.json({ errors: [{ code: 10003, title: 'CF-NotAuthorized', detail: 'no' }] }, { status: 403 }),
    ],
    ['429', () => new Response('', { status: 429, headers: { 'retry-after': '3600' } })],
    ['a page', () => new Response('<html>')],
    ['nothing', () => new Promise<Response>(() => {})],
    ['a cut connection', () => Promise.reject(new TypeError('fetch failed'))],
    ['an odd shape', () => Response.json({ guid: RESTORE.into })],
  ])('hides nothing of its job: %s', async (_, answer) => {
    const began = clientOf({}).clock.now();
    const { clock } = clientOf({});
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      if (!url.pathname.startsWith('/v3/jobs')) return answer();
      const isOver = clock.now() - began > 120 * MINUTE;
      return Response.json({ guid: 'job-1', state: isOver ? 'COMPLETE' : 'PROCESSING' });
    });
    const { start } = clientOf({ fetch: server.fetch, clock });
    const done = await waitForCompletion(await start());
    expect(done).toMatchObject({ state: 'succeeded', unreachableMs: 0, warnings: [] });
  });
});

describe('a job that failed by a timeout', () => {
  const TIMEOUT = { code: 290006, title: 'CF-JobTimeout', detail: 'The job execution has timed out.' };

  const failedBeside = async (lastOperation: object | undefined, errors: unknown = [TIMEOUT]) => {
    const server = scriptedServer(({ method, url }) => {
      if (method === 'POST') return new Response(null, { status: 202, headers: { location: '/v3/jobs/job-1' } });
      if (url.pathname.startsWith('/v3/jobs')) {
        return Response.json({ guid: 'job-1', state: 'FAILED', errors, created_at: '2026-01-01T00:00:00Z' });
      }
      if (lastOperation === undefined) return new Response('<html>', { status: 502 });
      return Response.json({ guid: RESTORE.into, name: 'n', last_operation: lastOperation });
    });
    const error = await rejection(waitForCompletion(await clientOf({ fetch: server.fetch }).start()));
    expect(error).toBeInstanceOf(OperationFailedError);
    return (error as OperationFailedError).failure;
  };
  const operation = (state: string, created_at = '2026-01-01T00:00:01Z') => ({ type: 'update', state, created_at });

  it('has failed, and says that the broker may be at work and what to do', async () => {
    const { cf } = foundation('gave-up-on-the-broker');
    const error = await rejection(waitForCompletion(await cf.serviceInstances.restore(RESTORE)));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error).toMatchObject({
      failure: {
        code: 'CF-JobTimeout',
        message: expect.stringMatching(/timed out\. The last operation .* 'in progress'.*Do not restore again before/),
      },
    });
  });

  it.each([
    ['initial', /still 'initial'.*Do not restore again/],
    ['succeeded', /ended as 'succeeded'.*Check its data/],
    ['failed', /ended as 'failed'.*Check its data/],
  ])('tells of an instance whose operation is %s', async (state, words) => {
    const failure = await failedBeside(operation(state));
    expect(failure).toMatchObject({ code: 'CF-JobTimeout', message: expect.stringMatching(words) });
  });

  it.each([
    ['cannot be read', undefined],
    ['has no operation', {}],
    ['has an operation of before', operation('succeeded', '2025-12-31T23:59:00Z')],
  ])('warns of the broker where the instance %s', async (_, last) => {
    expect((await failedBeside(last)).message).toMatch(/may still be working.*Do not restore again/);
  });

  it('with another reason is told beside an operation that goes on', async () => {
    const errors = [{ code: 10009, title: 'CF-UnableToPerform', detail: 'the backup could not be read' }];
    expect((await failedBeside(operation('in progress'), errors)).message).toMatch(
      /could not be read The last operation/,
    );
    expect((await failedBeside(operation('failed'), errors)).message).toBe('the backup could not be read');
    expect((await failedBeside(operation('succeeded'), errors)).message).toBe('the backup could not be read');
  });
});

describe('malformed errors', () => {
  it('hide no good one beside them', async () => {
    const { cf } = foundation('malformed-error');
    const error = await rejection(waitForCompletion(await cf.serviceInstances.restore(RESTORE)));
    expect(error).toMatchObject({
      failure: {
        code: 'CF-UnableToPerform',
        message: 'broken; only a detail; restore could not be completed: the backup could not be read',
      },
    });
  });

  it('hide no job either', async () => {
    const body = {
      guid: 'j',
      state: 'FAILED',
      errors: [{ detail: 5 }, { code: 10009 }],
      warnings: ['odd', { detail: 'w' }, null],
    };
    const job = await clientOf({ fetch: scriptedServer(Response.json(body)).fetch }).cf.jobs.get('j');
    expect(job).toMatchObject({
      state: 'FAILED',
      errors: [{ code: '10009' }],
      warnings: [{ message: 'odd' }, { message: 'w' }],
    });
  });
});
