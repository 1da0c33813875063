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

it.each([
  ['one,two', ['one', 'two']],
  [' one , two ,,', ['one', 'two']],
  ['42,+Ed+McMann,+the+1942+doggie,a%2Cb', ['42', 'Ed McMann', 'the 1942 doggie', 'a,b']],
  ['%C3%BCber,100%+sure,%zz', ['über', '100% sure', '%zz']],
  ['+,%20', []],
])('in the header %s, decoded and without the space around it (CF-27)', async (header, texts) => {
  const answer = () => Response.json({ guid: 'job-1', state: 'COMPLETE' }, { headers: { 'x-cf-warnings': header } });
  const { cf } = clientOf({ fetch: scriptedServer(answer).fetch });
  const done = await waitForCompletion(cf.attach({ id: 'job-1' }));
  expect(done.warnings.map(({ message }) => message)).toEqual(texts);
  expect((await cf.jobs.get('job-1')).warnings.map(({ message }) => message)).toEqual(texts);
});

it('of a job that is read once, in both channels', async () => {
  const body = { guid: 'job-1', state: 'POLLING', warnings: [{ detail: 'slow' }, { detail: 'stale' }] };
  const headers = [
    ['x-cf-warnings', 'stale'],
    ['x-cf-warnings', 'The+API+is+deprecated'],
  ] as [string, string][];
  const { fetch } = scriptedServer(() => Response.json(body, { headers }));
  expect((await clientOf({ fetch }).cf.jobs.get('job-1')).warnings).toEqual([
    { message: 'slow' },
    { message: 'stale' },
    { message: 'The API is deprecated' },
  ]);
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
