import { describe, expect, it } from 'vitest';
import { RequestTimeoutError } from '../../src/errors/request-timeout-error.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { hang, scriptedServer } from '../support/scripted-server.ts';
import { clientOf, GUID } from './cloud-foundry-client.ts';

describe('a request that is not answered', () => {
  it('is given up after 30 s of the clock where it reads', async () => {
    const clock = virtualClock(0);
    const server = scriptedServer(hang);
    const error = await rejection(clientOf({ clock, fetch: server.fetch }).poll());
    expect(error).toBeInstanceOf(RequestTimeoutError);
    expect(error).toMatchObject({ timeoutMs: 30_000 });
    expect(clock.now()).toBe(30_000);
    expect(server.received[0]?.signal.aborted).toBe(true);
  });

  it('is given up after 5 min where it starts something, and nobody knows whether it did', async () => {
    const clock = virtualClock(0);
    const server = scriptedServer(hang);
    const error = await rejection(clientOf({ clock, fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(clock.now()).toBe(300_000);
    expect(server.received).toHaveLength(1);
  });

  it('is given up by the caller’s own limit, of the client or of the call', async () => {
    const clock = virtualClock(0);
    const { cf, poll } = clientOf({ clock, fetch: scriptedServer(hang).fetch, requestTimeoutMs: 7_000 });
    await rejection(poll());
    expect(clock.now()).toBe(7_000);
    await rejection(cf.serviceInstances.restore({ into: GUID, from: 'server-default' }, { requestTimeoutMs: 1_000 }));
    expect(clock.now()).toBe(8_000);
  });

  it('is given up although fetch ignores its signal', async () => {
    const clock = virtualClock(0);
    const server = scriptedServer(() => new Promise<Response>(() => undefined));
    expect(await rejection(clientOf({ clock, fetch: server.fetch }).poll())).toBeInstanceOf(RequestTimeoutError);
  });

  it('is given up although the body never ends', async () => {
    const clock = virtualClock(0);
    const server = scriptedServer(
      () => new Response(new ReadableStream({ start: (to) => to.enqueue(new TextEncoder().encode('{')) })),
    );
    expect(await rejection(clientOf({ clock, fetch: server.fetch }).poll())).toBeInstanceOf(RequestTimeoutError);
    expect(clock.now()).toBe(30_000);
  });
});

describe('a request that is answered', () => {
  it('leaves no sleep behind', async () => {
    const clock = virtualClock(0);
    const { poll } = clientOf({
      clock,
      fetch: scriptedServer(Response.json({ guid: 'job-1', state: 'POLLING' })).fetch,
    });
    await poll();
    expect(clock.sleepers).toBe(0);
    expect(clock.now()).toBe(0);
  });
});

it.each([0, -1, Number.NaN, '5' as never])(
  'refuses the limit %s of a call before it sends anything',
  async (requestTimeoutMs) => {
    const server = scriptedServer(Response.json({}));
    const { cf } = clientOf({ fetch: server.fetch });
    const error = await rejection(cf.jobs.get('job-1', { requestTimeoutMs }));
    expect(error).toMatchObject({ name: 'ConfigurationError', field: 'requestTimeoutMs' });
    expect(server.received).toEqual([]);
  },
);
