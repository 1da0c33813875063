import fc from 'fast-check';
import { ConfigurationError, HandleError } from 'restorekit/errors';
import { virtualClock } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { runs } from '../support/effort.ts';
import { type Received, scriptedServer } from '../support/scripted-server.ts';
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

async function requestsOf(connect: (typeof clientsWithoutLogin)[string], name: string, text: string) {
  const server = scriptedServer(({ method }) =>
    method === 'GET' ? Response.json({ state: 'Working' }) : Response.json({}, { status: 400 }),
  );
  const { callsWithText } = connect({ fetch: server.fetch, clock });
  const error = await callsWithText[name]?.(text).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { received: server.received, error };
}

describe.each(Object.entries(clientsWithoutLogin))('%s', (_, connect) => {
  it.each(Object.keys(connect({}).callsWithText))(
    '%s: an id changes no request but its own place in it',
    async (name) => {
      // A GUID passes every check of a form.
      const plain = await requestsOf(connect, name, '0f8fad5b-d9cb-469f-a165-70867728950e');
      const shapes = new Set(plain.received.map(shapeOf));
      expect(shapes.size).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(nasty, async (id) => {
          const { received, error } = await requestsOf(connect, name, id);
          if (received.length === 0) {
            expect(ConfigurationError.isInstance(error) || HandleError.isInstance(error)).toBe(true);
          }
          for (const request of received) expect([...shapes]).toContain(shapeOf(request));
        }),
        { numRuns: runs(20) },
      );
    },
  );
});
