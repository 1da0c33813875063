import fc from 'fast-check';
import { ConfigurationError, HandleError } from 'restorekit/errors';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/effort.ts';
import { type Received, scriptedServer } from '../support/scripted-server.ts';
import { methodsOfResources } from './methods-of-resources.ts';
import { clientsWithoutLogin } from './systems.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    ...['..', '.', '%2e%2e', '..%2f..', '../../token', 'a/b', 'a\\b', '?x=1', '#x', '//evil.example.net/', '\u0000'],
    ...['a\r\nx-evil: 1', ' ', '', 'ä€😀', '\ud800', 'a;b=c', '@evil.example.net', 'constructor', '__proto__'],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', '\r', '\n', ':', '@', 'é') }),
);

const clock = virtualClock();

/** The shape of a request: what an id must not change. */
const shapeOf = ({ method, url, headers }: Received) =>
  `${method} ${url.origin} ${url.pathname.split('/').length} ${[...url.searchParams.keys()]} ${url.hash} ${[...headers.keys()].sort()}`;

type Connect = (typeof clientsWithoutLogin)[string];
type CallsOf = (client: ReturnType<Connect>) => Readonly<Record<string, (text: string) => Promise<unknown>>>;

async function requestsOf(connect: Connect, callsOf: CallsOf, name: string, text: string) {
  const server = scriptedServer(({ method }) =>
    method === 'GET' ? Response.json({ state: 'Working' }) : Response.json({}, { status: 400 }),
  );
  const call = callsOf(connect({ fetch: server.fetch, clock }))[name];
  const error = await call?.(text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { received: server.received, error };
}

/** A GUID passes every check of a form. */
const PLAIN = '0f8fad5b-d9cb-469f-a165-70867728950e';

const samples: CallsOf = ({ callsWithText }) => callsWithText;
const methods: CallsOf = ({ client }) => methodsOfResources(client);

describe.each(Object.entries(clientsWithoutLogin))('%s', (_, connect) => {
  it.each(Object.keys(samples(connect({}))))('%s: an id changes no request but its own place in it', async (name) => {
    const plain = await requestsOf(connect, samples, name, PLAIN);
    const shapes = plain.received.map(shapeOf);
    expect(shapes).not.toEqual([]);
    await fc.assert(
      fc.asyncProperty(nasty, async (id) => {
        const { received, error } = await requestsOf(connect, samples, name, id);
        if (received.length === 0) {
          expect(ConfigurationError.isInstance(error) || HandleError.isInstance(error)).toBe(true);
        }
        for (const request of received) expect(shapes).toContain(shapeOf(request));
      }),
      { numRuns: runs(20) },
    );
  });

  it.each(Object.keys(methods(connect({}))))('%s: neither where it takes nothing but ids', async (name) => {
    const plain = await requestsOf(connect, methods, name, PLAIN);
    const shapes = plain.received.map(shapeOf);
    await fc.assert(
      fc.asyncProperty(nasty, async (id) => {
        const { received } = await requestsOf(connect, methods, name, id);
        for (const request of received) expect(shapes).toContain(shapeOf(request));
      }),
      { numRuns: runs(20) },
    );
  });
});
