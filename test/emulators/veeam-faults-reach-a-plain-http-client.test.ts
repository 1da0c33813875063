import { expect, it } from 'vitest';
import { sessionWire } from './veeam-m365-wire.ts';

const MINUTE = 60_000;

it.each([
  ['stopped-with-result-null', null],
  ['stopped-without-result', undefined],
  ['stopped-with-a-new-word', 'Cancelled'],
] as const)('%s', async (scenario, result) => {
  const { clock, get } = await sessionWire(scenario);
  expect((await get()).body).toMatchObject({ state: 'Working', result: 'Success' });
  clock.jump(MINUTE);
  const { body } = await get();
  expect([body.state, body.result]).toEqual(['Stopped', result]);
});

it('another session stands under our URL', async () => {
  const { get, opened } = await sessionWire('another-session-answers');
  const told: string[] = [];
  for (let poll = 0; poll < 4; poll += 1) {
    const { body } = await get();
    told.push(`${body.id === opened.body.id ? 'ours' : 'other'} ${body.state}`);
  }
  expect(told).toEqual(['ours Working', 'other Stopped', 'other Stopped', 'ours Working']);
});

it('the common fault of a misrouted answer is another session that has stopped', async () => {
  const { get, opened } = await sessionWire({ faults: { misroutedAnswer: true } });
  await get();
  const { body } = await get();
  expect(body).toMatchObject({ state: 'Stopped', result: 'Success' });
  expect(body.id).not.toBe(opened.body.id);
});

it('startTimeFrom finds the new session among 1,200', async () => {
  const { ask, opened, clock } = await sessionWire('twelve-hundred-sessions');
  const first = (await ask('GET', '/RestoreSessions?limit=1000')).body;
  expect(first.totalCount).toBe(1_201);
  expect(first.results.some(({ id }: { id: string }) => id === opened.body.id)).toBe(false);
  const from = new Date(clock.now() - 1_000).toISOString();
  const since = (await ask('GET', `/RestoreSessions?startTimeFrom=${from}`)).body;
  expect(since.results.map(({ id }: { id: string }) => id)).toEqual([opened.body.id]);
});

it('a page of mailboxes takes 45 s', async () => {
  const { ask, mailboxes, clock } = await sessionWire('slow-pages');
  const began = clock.now();
  expect((await ask('GET', mailboxes)).body.results).toHaveLength(30);
  expect(clock.now() - began).toBe(45_000);
});

it('errors can have a capital Message', async () => {
  const { ask } = await sessionWire('capital-message');
  expect((await ask('GET', '/Jobs/no-such-job')).body).toEqual({ Message: expect.any(String) });
});

it('a session can have no name', async () => {
  const { opened, get } = await sessionWire('session-without-name');
  expect([opened.body.name, (await get()).body.name]).toEqual([undefined, undefined]);
});

it('the server writes its times, and filters by them, by its own clock', async () => {
  const { ask, opened, clock } = await sessionWire('server-clock-behind');
  const serverNow = clock.now() - 11 * MINUTE;
  expect(Date.parse(opened.body.creationTime)).toBe(serverNow);
  expect(Date.parse(opened.headers.get('date') ?? '')).toBe(serverNow);
  const sinceOurTime = (await ask('GET', `/RestoreSessions?startTimeFrom=${new Date(clock.now()).toISOString()}`)).body;
  expect(sinceOurTime.results).toEqual([]);
  const sinceItsTime = (await ask('GET', `/RestoreSessions?startTimeFrom=${new Date(serverNow).toISOString()}`)).body;
  expect(sinceItsTime.results).toHaveLength(1);
});
