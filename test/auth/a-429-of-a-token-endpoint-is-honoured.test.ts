import { expect, it } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { tokenServer } from './token-server.ts';

const auth = () => uaaPassword({ username: 'admin', password: 'pass-word-1' });
const limited = (retryAfter?: string) =>
  new Response('', { status: 429, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });

it('nothing is sent before the pause of Retry-After has passed', async () => {
  const clock = virtualClock(0);
  const server = tokenServer({ grant: (_, index) => (index === 0 ? limited('600') : undefined) });
  const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
  expect(await rejection(poll())).toMatchObject({ name: 'RateLimitError', retryAfterMs: 600_000 });
  clock.jump(400_000);
  expect(await rejection(poll())).toMatchObject({ name: 'RateLimitError', status: 429, retryAfterMs: 200_000 });
  expect(server.grants).toHaveLength(1);
  clock.jump(200_000);
  await poll();
  expect(server.grants).toHaveLength(2);
});

it('a pause of more than an hour counts as an hour', async () => {
  const clock = virtualClock(0);
  const server = tokenServer({ grant: (_, index) => (index === 0 ? limited('86400') : undefined) });
  const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
  await rejection(poll());
  clock.jump(3_599_000);
  await rejection(poll());
  expect(server.grants).toHaveLength(1);
  clock.jump(1_000);
  await poll();
});

it('a token that is still good is used meanwhile', async () => {
  const clock = virtualClock(0);
  const server = tokenServer({ expiresIn: 600, grant: (_, index) => (index > 0 ? limited('3600') : undefined) });
  const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
  await poll();
  clock.jump(590_000);
  for (let count = 0; count < 5; count += 1) await poll();
  expect(server.grants).toHaveLength(2);
});

it('a clock that was set back does not make the pause longer', async () => {
  const clock = virtualClock(10 * 3_600_000);
  const server = tokenServer({ grant: (_, index) => (index === 0 ? limited('600') : undefined) });
  const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
  await rejection(poll());
  clock.jump(-5 * 3_600_000);
  await poll();
});
