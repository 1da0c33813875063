import { expect, it } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { hang, type Received } from '../support/scripted-server.ts';
import { grantsOf, tokenServer } from './token-server.ts';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

it('a login that hangs goes on while somebody waits for it, ends with the last waiter, and holds up no other login', async () => {
  const hanging: Received[] = [];
  const server = tokenServer({
    grant: (_, index, request) => {
      if (index > 0) return undefined;
      hanging.push(request);
      return hang(request);
    },
  });
  const clock = { now: () => 0, sleep: () => new Promise<void>(() => undefined) };
  const { poll } = clientOf({
    clock,
    auth: uaaPassword({ username: 'admin', password: 'pass-word-1' }),
    fetch: server.fetch,
  });
  const [one, other] = [new AbortController(), new AbortController()];
  const polls = [rejection(poll(one.signal)), rejection(poll(other.signal))];
  await turn();
  one.abort('one has enough');
  expect(await polls[0]).toBe('one has enough');
  expect(hanging.map(({ signal }) => signal.aborted)).toEqual([false]);
  other.abort('the other too');
  expect(await polls[1]).toBe('the other too');
  expect(hanging.map(({ signal }) => signal.aborted)).toEqual([true]);
  expect((await poll()).state).toBe('running');
  expect(grantsOf(server)).toEqual(['password', 'password']);
});
