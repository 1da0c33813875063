import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { fetchFailed, hang, scriptedServer } from '../support/scripted-server.ts';
import { clientOf } from './cloud-foundry-client.ts';

const REASON = { why: 'the user pressed Ctrl-C' };
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
/** Time that does not pass: only the abort can end a request. */
const still = { now: () => 0, sleep: () => new Promise<void>(() => undefined), random: () => 0.5 };

describe.each(['read', 'poll', 'start'] as const)('a %s', (kind) => {
  it('with an aborted signal sends nothing and rejects with the reason', async () => {
    const server = scriptedServer(Response.json({}));
    expect(await rejection(clientOf({ fetch: server.fetch })[kind](AbortSignal.abort(REASON)))).toBe(REASON);
    expect(server.received).toEqual([]);
  });

  it('that waits for its turn rejects with the reason, and is never sent', async () => {
    const server = scriptedServer(hang);
    const client = clientOf({ clock: still, fetch: server.fetch, maxInFlight: 1 });
    client.poll().catch(() => undefined);
    const control = new AbortController();
    const waiting = rejection(client[kind](control.signal));
    await turn();
    control.abort(REASON);
    expect(await waiting).toBe(REASON);
    await turn();
    expect(server.received).toHaveLength(1);
  });
});

describe.each([
  ['heeds its signal', hang],
  ['ignores its signal', () => new Promise<Response>(() => undefined)],
  [
    'fails with an error of its own when aborted',
    async (request: Parameters<typeof hang>[0]) => hang(request).catch(() => Promise.reject(fetchFailed('ECONNRESET'))),
  ],
])('in flight, with a fetch that %s', (_, answer) => {
  it.each(['read', 'poll'] as const)('a %s rejects with the reason, and is not tried again', async (kind) => {
    const server = scriptedServer(answer);
    const control = new AbortController();
    const work = rejection(clientOf({ clock: still, fetch: server.fetch })[kind](control.signal));
    await turn();
    control.abort(REASON);
    expect(await work).toBe(REASON);
    await turn();
    expect(server.received).toHaveLength(1);
  });

  it('a start may have begun: its outcome is not known, and the reason is its cause', async () => {
    const server = scriptedServer(answer);
    const control = new AbortController();
    const work = rejection(clientOf({ clock: still, fetch: server.fetch }).start(control.signal));
    await turn();
    control.abort(new Error('enough'));
    const error = await work;
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect((error as StartOutcomeUnknownError).isRetryable).toBe(false);
    expect((error as StartOutcomeUnknownError).cause).toMatchObject({ message: 'enough' });
  });
});

it('ends the pause before the next try of a read', async () => {
  const server = scriptedServer(() => new Response('', { status: 503 }));
  const control = new AbortController();
  const clock = { ...virtualClock(0), sleep: still.sleep };
  const sleep = (_: number, signal?: AbortSignal) =>
    new Promise<void>((__, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const work = rejection(
    clientOf({ clock: { ...clock, now: () => 0, sleep }, fetch: server.fetch }).read(control.signal),
  );
  await turn();
  await turn();
  control.abort(REASON);
  expect(await work).toBe(REASON);
  expect(server.received).toHaveLength(1);
});
