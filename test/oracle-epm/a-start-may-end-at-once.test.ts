import { describe, expect, it } from 'vitest';
import { OperationFailedError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, JOB_PATH, json, scriptedEnvironment } from './support.ts';

const link = { href: `${BASE_URL}${JOB_PATH}`, rel: 'Job Status' };

describe.each(['integer', 'text'] as const)('status as %s', (form) => {
  const status = (code: number) => (form === 'text' ? String(code) : code);

  it('0: an operation that has succeeded and sends nothing', async () => {
    const { epm, received } = scriptedEnvironment([json({ details: 'Done', status: status(0), links: null })]);
    const done = await waitForCompletion(
      await epm.environment.restore({ backupName: BACKUP, dailyMaintenanceStartTime: false }),
    );
    expect(done).toMatchObject({ state: 'succeeded', message: 'Done', warnings: [{ code: 'ended-at-once' }] });
    expect(done.result.dataAsOf?.toISOString()).toBe('2026-04-23T08:48:06.000Z');
    expect(received).toHaveLength(1);
  });

  it('positive: an operation that has failed, with the words of the vendor (OE-1)', async () => {
    const { epm, received } = scriptedEnvironment([
      json({ details: 'A restore is in progress', status: status(7), links: null }),
    ]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    const error = await rejection(waitForCompletion(operation));
    expect(error).toBeInstanceOf(OperationFailedError);
    expect(error).toMatchObject({ state: 'failed', failure: { code: '7', message: 'A restore is in progress' } });
    expect(received).toHaveLength(1);
  });
});

it('without a word: the number at least', async () => {
  const { epm } = scriptedEnvironment([
    json({ details: null, status: 3, links: null, intermittentStatus: [{ First: 'Failed' }] }),
  ]);
  const status = await (await epm.environment.restore({ backupName: BACKUP })).poll();
  expect(status.steps).toEqual([{ name: 'First', state: 'Failed' }]);
  expect(status).toMatchObject({ failure: { code: '3', message: expect.stringContaining('First (Failed)') } });
});

it.each([
  ['the id of its job, where a link names one', [link], '1776935926050'],
  ['an id of its own, where none does', null, `no-job/2026-01-01T00:00:00.000Z/${BACKUP}`],
  [
    'an id of its own, where the link leads elsewhere',
    [{ ...link, href: 'https://x.invalid/admin' }],
    `no-job/2026-01-01T00:00:00.000Z/${BACKUP}`,
  ],
])('it has %s', async (_, links, id) => {
  const { epm } = scriptedEnvironment([json({ details: null, status: 0, links })]);
  expect((await epm.environment.restore({ backupName: BACKUP })).id).toBe(id);
});

it.each([0, 7])('%i survives the handle', async (status) => {
  const steps = [{ First: 'Success', Second: 'Odd' }];
  const { epm, received } = scriptedEnvironment([
    json({ details: 'Words', status, links: null, intermittentStatus: steps }),
  ]);
  const operation = await epm.environment.restore({ backupName: BACKUP, note: 'T-1' });
  const resumed = epm.resume(JSON.parse(JSON.stringify(operation)));
  expect(await resumed.poll()).toEqual(await operation.poll());
  expect(JSON.stringify(resumed)).toBe(JSON.stringify(operation));
  expect(received).toHaveLength(1);
});
