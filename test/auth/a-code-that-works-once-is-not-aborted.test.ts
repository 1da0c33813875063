import { expect, it } from 'vitest';
import { uaaPasscode } from '../../src/cloud-foundry/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { tokenServer } from './token-server.ts';

it('a login with a passcode goes on when its caller leaves, and the next call uses its token', async () => {
  let wasAborted = false;
  let answer: () => void = () => undefined;
  const answered = new Promise<undefined>((resolve) => {
    answer = () => resolve(undefined);
  });
  const server = tokenServer({
    grant: (_form, _index, { signal }) => {
      signal.addEventListener('abort', () => {
        wasAborted = true;
      });
      return answered;
    },
  });
  const auth = uaaPasscode({ passcode: 'some-passcode', uaaUrl: 'https://login.example.net' });
  const { cf } = clientOf({ clock: virtualClock(0), auth, fetch: server.fetch });
  const leaves = new AbortController();
  const first = cf.attach({ id: 'job-1' }).poll({ signal: leaves.signal });
  while (server.grants.length === 0) await new Promise((resolve) => setImmediate(resolve));
  leaves.abort(new Error('the caller has left'));
  expect(await rejection(first)).toMatchObject({ message: 'the caller has left' });
  expect(wasAborted).toBe(false);
  const second = cf.attach({ id: 'job-1' }).poll();
  answer();
  expect((await second).state).toBe('running');
  expect(server.grants).toHaveLength(1);
});
