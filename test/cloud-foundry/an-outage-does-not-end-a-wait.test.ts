import { describe, expect, it } from 'vitest';
import { AccessLostError } from '../../src/errors/access-lost-error.ts';
import { OutageError } from '../../src/errors/outage-error.ts';
import { adaptiveCadence } from '../../src/operation/cadence.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { clientOf, JOB } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { foundation, RESTORE } from './support.ts';

async function waited(scenario: Parameters<typeof foundation>[0]) {
  const world = foundation(scenario);
  const operation = await world.cf.serviceInstances.restore(RESTORE);
  const before = world.emulator.requests.length;
  const [result] = await Promise.allSettled([
    waitForCompletion(operation, { cadence: adaptiveCadence({ maxMs: 600_000 }) }),
  ]);
  return { ...world, result, polls: world.emulator.requests.slice(before) };
}

describe('rate limits are no outage', () => {
  it.each([
    'rate-limited-for-an-hour',
    'rate-limited-until-a-date',
    'rate-limited-until-reset',
    'rate-limited-by-the-broker',
  ] as const)('%s: nobody asks before the time', async (scenario) => {
    const { result, emulator, polls } = await waited(scenario);
    expect(result).toMatchObject({ status: 'fulfilled', value: { state: 'succeeded', unreachableMs: 0 } });
    const began = emulator.restores[0]?.startedAt ?? 0;
    const until = { 'rate-limited-for-an-hour': 61, 'rate-limited-by-the-broker': 1.5 }[scenario as string] ?? 11;
    const during = polls.filter(
      ({ at, operationId }) => operationId === 'getJob' && at - began >= 60_000 && at - began < until * 60_000,
    );
    expect(during).toHaveLength(1);
  });
});

describe('access is lost after three refusals over ten minutes', () => {
  it('after one refresh, where every token is refused', async () => {
    const { result, sent } = await waited('every-token-refused-later');
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(AccessLostError) });
    expect(sent('createToken').length).toBeLessThanOrEqual(8);
  });

  it('where no new token is issued: no storm of requests', async () => {
    const { result, sent } = await waited('no-new-token');
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(AccessLostError) });
    // The first login and one refresh; then one login every five minutes at most.
    expect(sent('createToken').length).toBeLessThanOrEqual(5);
  });

  it('where the scope is missing', async () => {
    const { result, sent } = await waited('scope-missing');
    expect(result).toMatchObject({
      status: 'rejected',
      reason: { name: 'AccessLostError', cause: { name: 'PermissionError' } },
    });
    expect(sent('getJob')).toHaveLength(4);
  });
});

describe('tokens die while the restore runs', () => {
  it.each(['token-life-of-two-polls', 'short-tokens', 'dead-refresh-token', 'three-days'] as const)(
    '%s: the wait sees nothing of it',
    async (scenario) => {
      const { result, sent } = await waited(scenario);
      expect(result).toMatchObject({ status: 'fulfilled', value: { state: 'succeeded', unreachableMs: 0 } });
      expect(sent('createToken').length).toBeGreaterThan(1);
    },
  );

  it('and an expiry that was told beforehand costs no 401', async () => {
    const { polls, emulator } = await waited('short-tokens');
    const used = polls
      .filter(({ operationId }) => operationId === 'getJob')
      .map(({ headers }) => headers.authorization);
    const given = emulator.requests.filter(({ operationId }) => operationId === 'createToken').map(({ at }) => at);
    expect(new Set(used).size).toBe(given.length);
  });
});

describe('a job that is not there', () => {
  it('is waited for just after its start', async () => {
    const { result } = await waited('job-not-visible-yet');
    expect(result).toMatchObject({ status: 'fulfilled', value: { state: 'succeeded' } });
  });

  it('after a while is gone, not failed', async () => {
    const { result } = await waited('job-gone');
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'OutageError', reason: 'gone' } });
  });

  it('told by the page of a router is an outage, not gone', async () => {
    const routers = [
      () => new Response('404 Not Found: Requested route does not exist.', { status: 404 }),
      () =>
        Response.json({ errors: [{ code: 10000, title: 'CF-NotFound', detail: 'Unknown request' }] }, { status: 404 }),
    ];
    for (const router of routers) {
      let polls = 0;
      const server = scriptedServer(() =>
        polls++ < 30 ? router() : Response.json({ guid: 'job-1', state: 'COMPLETE' }),
      );
      const done = await waitForCompletion(clientOf({ fetch: server.fetch }).cf.attach({ id: 'job-1' }));
      expect(done).toMatchObject({ state: 'succeeded' });
      expect(done.unreachableMs).toBeGreaterThan(60_000);
    }
  });
});

it.each<[string, () => Response | Promise<Response>]>([
  ['408', () => new Response('', { status: 408 })],
  ['500', () => new Response('', { status: 500 })],
  ['a page with 200', () => new Response('<html>')],
  ['an empty 200', () => new Response('')],
  ['an empty 204', () => new Response(null, { status: 204 })],
  ['a list', () => Response.json([JOB])],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } })],
  ['a cut connection', () => Promise.reject(new TypeError('fetch failed'))],
])('%s for half an hour is an outage, never a failed restore', async (_, answer) => {
  const server = scriptedServer(answer);
  const { cf, clock } = clientOf({ fetch: server.fetch });
  const began = clock.now();
  const error = await rejection(waitForCompletion(cf.attach({ id: 'job-1' })));
  expect(error).toBeInstanceOf(OutageError);
  expect(error).toMatchObject({ reason: 'unreachable', handle: { id: 'job-1' } });
  expect(clock.now() - began).toBeGreaterThanOrEqual(30 * 60_000);
  expect(clock.now() - began).toBeLessThan(33 * 60_000);
});

it('somebody else’s restore can be followed by its guid alone', async () => {
  const { cf, newClient, emulator } = foundation();
  const { id } = await cf.serviceInstances.restore(RESTORE);
  const before = emulator.requests.length;
  const attached = newClient().attach({ id, note: 'not mine' });
  expect(emulator.requests).toHaveLength(before);
  expect(attached.toJSON()).toMatchObject({ id, note: 'not mine' });
  await expect(waitForCompletion(attached)).resolves.toMatchObject({ state: 'succeeded' });
  expect(emulator.restores).toHaveLength(1);
});

it('attached to nothing, it says so within minutes', async () => {
  const { cf } = foundation();
  expect(await rejection(waitForCompletion(cf.attach({ id: 'no-such-job' })))).toMatchObject({
    name: 'OutageError',
    reason: 'gone',
  });
});
