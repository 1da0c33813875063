import { expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { foundation, RESTORE } from './support.ts';

const ALL = [
  'The plan is deprecated',
  'The API is deprecated, really',
  'Statistics are stale',
  'One extension was not restored.',
];

it('those of the 202, of the polls and of the end, each once', async () => {
  const { cf } = foundation('warnings-all-the-way');
  const done = await waitForCompletion(await cf.serviceInstances.restore(RESTORE));
  expect(done.warnings.map(({ message }) => message).sort()).toEqual([...ALL].sort());
});

it('also by a process that takes over', async () => {
  const { cf, newClient } = foundation('warnings-all-the-way');
  const saved = JSON.parse(JSON.stringify(await cf.serviceInstances.restore(RESTORE)));
  const done = await waitForCompletion(newClient().resume(saved));
  expect(done.warnings.map(({ message }) => message).sort()).toEqual([...ALL].sort());
});

it('one that a single poll has told is not forgotten', async () => {
  let polls = 0;
  const server = scriptedServer(() => {
    polls += 1;
    const headers: Record<string, string> = polls === 2 ? { 'x-cf-warnings': 'seen+once' } : {};
    return Response.json({ guid: 'job-1', state: polls < 4 ? 'POLLING' : 'COMPLETE' }, { headers });
  });
  const done = await waitForCompletion(clientOf({ fetch: server.fetch }).cf.attach({ id: 'job-1' }));
  expect(done.warnings).toEqual([{ message: 'seen once' }]);
});

it('with a 200 in the place of a job', async () => {
  const headers = { 'x-cf-warnings': 'deprecated,deprecated' };
  const server = scriptedServer(Response.json({ guid: RESTORE.into, name: 'n' }, { headers }));
  const done = await waitForCompletion(await clientOf({ fetch: server.fetch }).start());
  expect(done.warnings).toMatchObject([{ code: 'finished-at-once' }, { message: 'deprecated' }]);
});

it('a handle keeps few and short ones, without a secret', async () => {
  const texts = Array.from({ length: 50 }, (_, index) => `${index}-${'x'.repeat(1_000)}`);
  const server = scriptedServer(
    () =>
      new Response(null, {
        status: 202,
        headers: { location: '/v3/jobs/1', 'x-cf-warnings': ['token+the-token-0123', ...texts].join(',') },
      }),
  );
  const handle = JSON.stringify(await clientOf({ fetch: server.fetch }).start());
  expect(handle.length).toBeLessThan(12_000);
  expect(handle).toContain('warnings');
  expect(handle).not.toContain('the-token-0123');
});
