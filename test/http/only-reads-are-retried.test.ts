import { describe, expect, it } from 'vitest';
import { ConnectionError } from '../../src/errors/connection-error.ts';
import { StartOutcomeUnknownError } from '../../src/errors/start-outcome-unknown-error.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { rejection } from '../support/rejection.ts';
import { fetchFailed, hang, scriptedServer } from '../support/scripted-server.ts';
import { clientOf, JOB } from './cloud-foundry-client.ts';

const passing: [string, () => Response | Promise<Response>][] = [
  ['408', () => new Response('', { status: 408 })],
  ['429', () => new Response('', { status: 429 })],
  ['500', () => new Response('', { status: 500 })],
  ['502 with a page', () => new Response('<html>', { status: 502 })],
  ['503', () => new Response('', { status: 503 })],
  ['a cut connection', () => Promise.reject(fetchFailed('ECONNRESET'))],
  ['a refused connection', () => Promise.reject(fetchFailed('ECONNREFUSED'))],
];

describe.each(passing)('%s', (_, fault) => {
  it('once: a read goes on after a pause', async () => {
    const clock = virtualClock(0);
    const events: string[] = [];
    const server = scriptedServer((__, index) => (index === 0 ? fault() : Response.json(JOB)));
    const { read } = clientOf({ clock, fetch: server.fetch, onEvent: ({ type }) => events.push(type) });
    await expect(read()).resolves.toMatchObject({ state: 'POLLING' });
    expect(server.received).toHaveLength(2);
    expect(clock.now()).toBeGreaterThan(0);
    expect(events).toContain('retry');
  });

  it('for good: a read ends after three tries', async () => {
    const server = scriptedServer(fault);
    await rejection(clientOf({ fetch: server.fetch }).read());
    expect(server.received).toHaveLength(3);
  });

  it('a poll an operation is one request', async () => {
    const server = scriptedServer(fault);
    await rejection(clientOf({ fetch: server.fetch }).poll());
    expect(server.received).toHaveLength(1);
  });

  it('a start is one request', async () => {
    const server = scriptedServer(fault);
    await rejection(clientOf({ fetch: server.fetch }).start());
    expect(server.received).toHaveLength(1);
  });
});

it.each([400, 401, 403, 404, 405, 409, 410, 422])('%i is final for a read', async (status) => {
  const server = scriptedServer(Response.json({}, { status }));
  await rejection(clientOf({ fetch: server.fetch }).read());
  expect(server.received).toHaveLength(1);
});

describe('a start is answered by a refusal, and by nothing else', () => {
  it.each([400, 403, 404, 409, 410, 422, 429])('%i: refused', async (status) => {
    const server = scriptedServer(Response.json({}, { status }));
    expect(await rejection(clientOf({ fetch: server.fetch }).start())).toMatchObject({ status });
  });

  it.each<[string, (request: Parameters<typeof hang>[0]) => Response | Promise<Response>]>([
    ['408', () => new Response('', { status: 408 })],
    ['500', () => Response.json({ errors: [] }, { status: 500 })],
    ['502', () => new Response('<html>', { status: 502 })],
    ['503', () => new Response('', { status: 503 })],
    ['504', () => new Response('', { status: 504 })],
    ['302', () => new Response(null, { status: 302, headers: { location: 'https://login.example.org' } })],
    ['a page with 200', () => new Response('<html>', { status: 200 })],
    ['an empty 200', () => new Response('', { status: 200 })],
    ['an empty 204', () => new Response(null, { status: 204 })],
    ['a cut connection', () => Promise.reject(fetchFailed('ECONNRESET'))],
    ['an unknown failure', () => Promise.reject(new TypeError('fetch failed'))],
    ['silence', hang],
  ])('%s: not known', async (_, answer) => {
    const server = scriptedServer(answer);
    const error = await rejection(clientOf({ fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect((error as StartOutcomeUnknownError).isRetryable).toBe(false);
    expect(server.received).toHaveLength(1);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND'])('%s: not sent, so it may be tried again', async (code) => {
    const server = scriptedServer(fetchFailed(code));
    const error = await rejection(clientOf({ fetch: server.fetch }).start());
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ sent: 'no', isRetryable: true });
  });
});
