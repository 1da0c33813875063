import { describe, expect, it } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { waitForCompletion } from '../../src/operation/wait-for-completion.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { grantsOf, tokenServer, tokensOf, unauthorized } from './token-server.ts';

const auth = () => uaaPassword({ username: 'admin', password: 'pass-word-1' });

describe('the life of a token counts from when its request was sent', () => {
  it('so the time of the answer is taken off', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({
      expiresIn: 100,
      grant: async () => {
        clock.jump(50_000);
        return undefined;
      },
    });
    const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
    await poll();
    // 29 s later, 79 s of 100 have passed; a fifth is kept as a margin.
    clock.jump(29_000);
    await poll();
    expect(grantsOf(server)).toEqual(['password']);
    clock.jump(2_000);
    await poll();
    expect(grantsOf(server)).toEqual(['password', 'refresh_token']);
  });

  it('a request for the address of the token endpoint is not counted', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({ expiresIn: 100 });
    const { poll } = clientOf({
      clock,
      auth: auth(),
      fetch: async (url, init) => {
        if (new URL(String(url)).pathname === '/') clock.jump(60_000);
        return server.fetch(String(url), init ?? {});
      },
    });
    await poll();
    clock.jump(79_000);
    await poll();
    expect(grantsOf(server)).toEqual(['password']);
  });

  it('a token that is as good as expired when it comes is used once, and renewed for the next call', async () => {
    const clock = virtualClock(0);
    const server = tokenServer({
      expiresIn: 30,
      grant: async () => {
        clock.jump(40_000);
        return undefined;
      },
    });
    const { poll } = clientOf({ clock, auth: auth(), fetch: server.fetch });
    await poll();
    await poll();
    expect(tokensOf(server)).toEqual(['Bearer token-1', 'Bearer token-2']);
  });
});

it('a slow token server that issues short tokens takes nobody’s access away', async () => {
  const clock = virtualClock(0);
  const expiry = new Map<string, number>();
  let issued = 0;
  const server = tokenServer({
    // The life begins when the request comes in; the answer takes 20 s of 45.
    grant: async () => {
      issued += 1;
      expiry.set(`Bearer slow-${issued}`, clock.now() + 45_000);
      await clock.sleep(20_000);
      return Response.json({ access_token: `slow-${issued}`, refresh_token: `r-${issued}`, expires_in: 45 });
    },
    api: ({ headers }) => {
      const isExpired = clock.now() >= (expiry.get(headers.get('authorization') ?? '') ?? 0);
      if (isExpired) return unauthorized();
      return Response.json({ guid: 'job-1', state: clock.now() > 3_600_000 ? 'COMPLETE' : 'POLLING' });
    },
  });
  const { cf } = clientOf({ clock, auth: auth(), fetch: server.fetch });
  const done = await waitForCompletion(cf.attach({ id: 'job-1' }));
  expect(done.state).toBe('succeeded');
  expect(done.unreachableMs).toBe(0);
});
