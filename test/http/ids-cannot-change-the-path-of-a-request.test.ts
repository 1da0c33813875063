import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors/configuration-error.ts';
import { HandleError } from '../../src/errors/handle-error.ts';
import { runs } from '../support/effort.ts';
import { scriptedServer } from '../support/scripted-server.ts';
import { BASE, clientOf, JOB } from './cloud-foundry-client.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '..%2f..',
    '../../oauth/token',
    'a/b',
    'a\\b',
    '?x=1',
    '#x',
    '//evil.example.net/',
    'a\r\nx-evil: 1',
    '\u0000',
    ' ',
    '',
    'ä€😀',
    '\ud800',
    'a;b=c',
    '@evil.example.net',
    'constructor',
    '__proto__',
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '2', 'e', 'f', '?', '#', '\r', '\n', ':', '@', 'é') }),
);

const clients = () => {
  const server = scriptedServer(({ method, url }) =>
    method === 'POST'
      ? new Response(null, { status: 202, headers: { location: `${BASE}/v3/jobs/job-1` } })
      : url.pathname === '/v3/service_instances'
        ? Response.json({ pagination: { next: null }, resources: [] })
        : Response.json(JOB),
  );
  return { server, ...clientOf({ fetch: server.fetch }) };
};

/** Runs `call` with an id; its request, if any, has the id as one segment of the path and changes nothing else. */
async function segmentOf(
  id: string,
  call: (id: string, client: ReturnType<typeof clients>['cf']) => unknown,
  path: (segment: string) => string,
): Promise<void> {
  const { server, cf } = clients();
  try {
    await call(id, cf);
  } catch (error) {
    if (server.received.length === 0)
      expect(ConfigurationError.isInstance(error) || HandleError.isInstance(error)).toBe(true);
  }
  for (const { url, headers, method } of server.received) {
    if (method === 'GET' && url.pathname === '/v3/jobs/job-1') continue;
    expect(url.origin).toBe(BASE);
    // Only the related resources that are always asked for.
    expect([...url.searchParams.keys()].filter((name) => !name.startsWith('fields['))).toEqual([]);
    expect(url.hash).toBe('');
    // A start is preceded by one read of its instance.
    const isBaseline = method === 'GET' && /^\/v3\/service_instances\/[^/]*$/.test(url.pathname);
    const [before, after] = (isBaseline ? '/v3/service_instances/|' : path('|')).split('|') as [string, string];
    expect(url.pathname.startsWith(before) && url.pathname.endsWith(after)).toBe(true);
    const segment = url.pathname.slice(before.length, url.pathname.length - after.length);
    expect(segment).not.toContain('/');
    expect(decodeURIComponent(segment)).toBe(id);
    expect([...headers.keys()].sort()).toEqual(expect.not.arrayContaining(['x-evil']));
  }
}

describe('an id stays one segment of the path', () => {
  it.each<[string, Parameters<typeof segmentOf>[1], Parameters<typeof segmentOf>[2]]>([
    ['jobs.get', (id, cf) => cf.jobs.get(id), (id) => `/v3/jobs/${id}`],
    ['attach', (id, cf) => cf.attach({ id }).poll(), (id) => `/v3/jobs/${id}`],
    [
      'resume',
      (id, cf) =>
        cf
          .resume({
            v: 1,
            kind: 'cloud-foundry/restore-service-instance',
            id,
            origin: BASE,
            startedAt: '2026-01-01T00:00:00.000Z',
          })
          .poll(),
      (id) => `/v3/jobs/${id}`,
    ],
    [
      'restore',
      (id, cf) => cf.serviceInstances.restore({ into: id, from: 'server-default' }),
      (id) => `/v3/service_instances/${id}/actions/restore`,
    ],
    ['backups.create', (id, cf) => cf.backups.create(id), (id) => `/v3/service_instances/${id}/backups`],
    ['backups.list', (id, cf) => cf.backups.list(id).toArray(), (id) => `/v3/service_instances/${id}/backups`],
    ['get', (id, cf) => cf.serviceInstances.get(id), (id) => `/v3/service_instances/${id}`],
  ])('in %s', async (_, call, path) => {
    await fc.assert(
      fc.asyncProperty(nasty, async (id) => {
        await segmentOf(id, call, path);
      }),
      { numRuns: runs(30) },
    );
  });
});

it('a body holds ids as they are', async () => {
  await fc.assert(
    fc.asyncProperty(nasty, nasty, async (backupId, serviceInstanceGuid) => {
      const { server, cf } = clients();
      await cf.serviceInstances
        .restore({ into: 'x', from: { backupId, serviceInstanceGuid } })
        .catch((error) => expect(error).toBeInstanceOf(ConfigurationError));
      for (const { body, url, method } of server.received) {
        if (method === 'GET') {
          expect(url.pathname).toBe('/v3/service_instances/x');
          continue;
        }
        expect(JSON.parse(body)).toEqual({ backup_id: backupId, source_service_instance_guid: serviceInstanceGuid });
        expect(url.pathname).toBe('/v3/service_instances/x/actions/restore');
      }
    }),
    { numRuns: runs(30) },
  );
});

it('a filter stays the value of its parameter', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 });
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 4 }), async (names) => {
      const { server, cf } = clients();
      await cf.serviceInstances.list({ names }).toArray();
      const query = server.received[0]?.url.searchParams;
      expect([...(query?.keys() ?? [])].filter((name) => !name.startsWith('fields['))).toEqual(['names']);
      // As the server reads it: split at commas, and each item unescaped once more.
      expect(query?.get('names')?.split(/,\s*/).map(decodeURIComponent)).toEqual(names);
    }),
    { numRuns: runs(30) },
  );
});

describe('a header that the caller gives', () => {
  it.each([
    ['x-ok', 'a\r\nx-evil: 1'],
    ['x-ok', 'a\u0000'],
    ['x-ok', '\u20ac'],
    ['x evil', 'a'],
    ['x-evil:', 'a'],
    ['', 'a'],
    ['Authorization', 'Basic x'],
    ['x-ok', 5 as unknown as string],
  ])('%j: %j is refused, and named', (name, value) => {
    expect(() => clientOf({ headers: { [name]: value } })).toThrowError(
      expect.objectContaining({ name: 'ConfigurationError', field: `headers.${name}` }),
    );
  });

  it('cannot come in through userAgent', () => {
    expect(() => clientOf({ userAgent: 'a\r\nx-evil: 1' })).toThrowError(
      expect.objectContaining({ field: 'userAgent' }),
    );
  });
});
