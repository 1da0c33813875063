import fc from 'fast-check';
import { DocSpaceClient, docspaceApiKey } from 'restorekit/docspace';
import { ConfigurationError, HandleError } from 'restorekit/errors';
import { basicAuth, OracleEpmClient } from 'restorekit/oracle-epm';
import { virtualClock } from 'restorekit/testing';
import { bearerToken, VeeamM365V5Client, VeeamM365V6Client } from 'restorekit/veeam-m365';
import { describe, expect, it } from 'vitest';
import { fakeServer, json, type Received } from '../http/fake-server.ts';
import { BASE } from './systems.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    ...['..', '.', '%2e%2e', '..%2f..', '../../token', 'a/b', 'a\\b', '?x=1', '#x', '//evil.example.net/', '\u0000'],
    ...['a\r\nx-evil: 1', ' ', '', 'ä€😀', '\ud800', 'a;b=c', '@evil.example.net', 'constructor', '__proto__'],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', '\r', '\n', ':', '@', 'é') }),
);

type Connect = (fetch: ReturnType<typeof fakeServer>['fetch']) => {
  /** Calls that take an id. */
  readonly calls: readonly ((id: string) => Promise<unknown>)[];
};

const clock = virtualClock();
const startedAt = '2026-01-01T00:00:00.000Z';
const handle = (kind: string, id: string) => ({ v: 1 as const, kind, id, baseUrl: BASE, startedAt });

const veeam =
  (Client: typeof VeeamM365V5Client | typeof VeeamM365V6Client, version: string): Connect =>
  (fetch) => {
    const client = new Client({ baseUrl: BASE, auth: bearerToken('token-4711'), fetch, clock });
    return {
      calls: [
        (id) => client.organizations.get(id),
        (id) => client.jobs.get(id),
        (id) => client.restoreSessions.get(id),
        (id) => client.organizations.explore(id, { dateTime: new Date(0), type: 'vex' }),
        (id) => client.jobs.explore(id, { dateTime: new Date(0), type: 'vex' }),
        async (id) => client.attach({ id }).poll(),
        async (id) => client.attach({ id }).stop(),
        async (id) => client.attach({ id }).events().toArray(),
        async (id) => client.attach({ id: 'session-1' }).mailboxes.get(id),
        async (id) => client.attach({ id: 'session-1' }).mailboxes.restore(id),
        async (id) => client.resume(handle(`veeam-m365-${version}/restore-session`, id)).poll(),
      ],
    };
  };

const systems: Readonly<Record<string, Connect>> = {
  'Oracle EPM': (fetch) => {
    const auth = basicAuth({ username: 'admin', password: 'a-password' });
    const client = new OracleEpmClient({ baseUrl: BASE, auth, fetch, clock });
    return {
      calls: [
        async (id) => client.attach({ id }).poll(),
        async (id) => client.resume(handle('oracle-epm/restore-environment', id)).poll(),
        (id) => client.environment.restore({ backupName: `2026-04-23T08:48:06/Environment_Backup${id}` }),
        (id) => client.backups.copy({ backupName: id, targetName: id }),
      ],
    };
  },
  'Veeam v5': veeam(VeeamM365V5Client, 'v5'),
  'Veeam v6': veeam(VeeamM365V6Client, 'v6'),
  DocSpace: (fetch) => {
    const client = new DocSpaceClient({ baseUrl: BASE, auth: docspaceApiKey('sk-4711'), fetch, clock });
    return {
      calls: [
        async (id) => client.attach({ id }).poll(),
        async (id) => client.resume(handle('docspace/restore', id)).poll(),
        (id) => client.portal.restore({ backupId: id }),
        (id) => client.portal.restore({ storage: 'local', filePath: id }),
        (id) => client.portal.restore({ storage: 'documents', fileId: id }),
        (id) => client.portal.restore({ storage: 'data-store', params: { filePath: id, [id]: id } }),
      ],
    };
  },
};

/** The shape of a request: what an id must not change. */
const shapeOf = ({ method, url, headers }: Received) =>
  `${method} ${url.origin} ${url.pathname.split('/').length} ${[...url.searchParams.keys()]} ${url.hash} ${[...headers.keys()].sort()}`;

async function requestsOf(connect: Connect, index: number, id: string) {
  const server = fakeServer(({ method }) =>
    method === 'GET' ? json({ state: 'Working' }) : json({}, { status: 400 }),
  );
  const { calls } = connect(server.fetch);
  const error = await calls[index]?.(id).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { received: server.received, error };
}

describe.each(Object.entries(systems))('%s', (_, connect) => {
  const { calls } = connect(fakeServer(() => json({})).fetch);
  it.each(calls.map((call, index) => [String(call).replaceAll(/\s+/g, ' '), index] as const))(
    '%s: an id changes no request but its own place in it',
    async (_, index) => {
      // A GUID passes every check of a form.
      const plain = await requestsOf(connect, index, '0f8fad5b-d9cb-469f-a165-70867728950e');
      const shapes = new Set(plain.received.map(shapeOf));
      expect(shapes.size).toBeGreaterThan(0);
      await fc.assert(
        fc.asyncProperty(nasty, async (id) => {
          const { received, error } = await requestsOf(connect, index, id);
          if (received.length === 0) {
            expect(ConfigurationError.isInstance(error) || HandleError.isInstance(error)).toBe(true);
          }
          for (const request of received) expect([...shapes]).toContain(shapeOf(request));
        }),
        { numRuns: 40 },
      );
    },
  );
});
