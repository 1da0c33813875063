import { describe, expect, it } from 'vitest';
import { ConfigurationError, ConnectionError, ServerError, UnexpectedResponseError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { VeeamM365Client, veeamPassword } from '../../src/veeam-m365/index.ts';
import { BASE_URL, caught, endOf, MAILBOX, VERSIONS } from './support.ts';

const auth = veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' });

function connecting(fetch: (input: string) => Promise<Response> | Response) {
  const clock = virtualClock();
  const asked: string[] = [];
  const connected = VeeamM365Client.connect({
    baseUrl: BASE_URL,
    auth,
    clock,
    fetch: async (input: string) => {
      asked.push(new URL(input).pathname);
      return fetch(input);
    },
  });
  return { connected, asked };
}

/** A client of the newest version of a server that speaks some. */
async function connect(...versions: readonly VeeamVersion[]) {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, versions });
  const veeam = await VeeamM365Client.connect({ baseUrl: `${BASE_URL}/v6`, auth, clock, fetch: emulator.fetch });
  return { clock, emulator, veeam };
}

describe('connect', () => {
  it.each<[VeeamVersion, readonly VeeamVersion[]]>([
    ['v8', ['v5', 'v6', 'v7', 'v8']],
    ['v7', ['v6', 'v7']],
    ['v6', ['v5', 'v6']],
    ['v5', ['v5']],
  ])('makes a client of %s for a server that speaks %s (VM-5)', async (newest, versions) => {
    const { emulator, veeam } = await connect(...versions);

    expect(veeam.apiVersion).toBe(newest);
    expect(veeam.baseUrl).toBe(BASE_URL);
    const probes = emulator.requests.filter(({ path }) => path.endsWith('/ServiceInstance'));
    expect(probes.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(probes).toHaveLength(4 - VERSIONS.indexOf(newest));
  });

  it.each(VERSIONS)('gives one surface that restores a mailbox: %s', async (version) => {
    const { clock, emulator, veeam } = await connect(version);
    const organization = await veeam.organizations.find({ name: 'abc.onmicrosoft.com' });
    const session = await veeam.organizations.explore(organization.id, {
      dateTime: new Date(clock.now()),
      type: 'exchange',
    });

    const restored = await endOf(session.mailboxes.restore(MAILBOX));
    await session.stop();

    expect(restored).toMatchObject({ state: 'succeeded', result: { created: 40, merged: 5, restored: 45 } });
    expect((await waitForCompletion(session)).state).toBe('succeeded');
    expect(emulator.openSessions).toEqual([]);
  });

  it('refuses a server that speaks none', async () => {
    const { connected, asked } = connecting(() => new Response('Not Found', { status: 404 }));

    expect(await caught(connected)).toBeInstanceOf(UnexpectedResponseError);
    expect(asked).toEqual(['/v8/ServiceInstance', '/v7/ServiceInstance', '/v6/ServiceInstance', '/v5/ServiceInstance']);
  });

  it.each<[string, () => Response, unknown]>([
    ['a 503', () => Response.json({ message: 'Later.' }, { status: 503 }), ServerError],
    ['a page for people', () => new Response('<html></html>', { status: 200 }), UnexpectedResponseError],
    ['a redirect', () => new Response(null, { status: 302, headers: { location: '/login' } }), UnexpectedResponseError],
  ])('takes %s for no answer, and not for a version that is not served', async (_, answer, type) => {
    const { connected, asked } = connecting(answer);

    expect(await caught(connected)).toBeInstanceOf(type);
    expect(new Set(asked)).toEqual(new Set(['/v8/ServiceInstance']));
  });

  it('does not fall back to an older version where the connection breaks', async () => {
    const { connected } = connecting(() => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    });

    expect(await caught(connected)).toBeInstanceOf(ConnectionError);
  });

  it('takes an empty 401 for a version that is served (VM-24)', async () => {
    const { connected } = connecting((input) => new Response(null, { status: input.includes('/v8/') ? 404 : 401 }));

    expect((await connected).apiVersion).toBe('v7');
  });
});

describe('what a version lacks', () => {
  it.each<[string, VeeamVersion, (veeam: VeeamM365Client) => Promise<unknown>, string]>([
    ['restorePoints', 'v5', async (veeam) => veeam.restorePoints.list().toArray(), 'v6'],
    [
      'restoreOperator.explore',
      'v5',
      (veeam) => veeam.restoreOperator.explore({ dateTime: new Date(0), type: 'vex' }),
      'v6',
    ],
    ['dataRetrievals.explore', 'v5', (veeam) => veeam.dataRetrievals.explore('d-1'), 'v6'],
    ['logout', 'v6', (veeam) => veeam.logout(), 'v7'],
    [
      'repositories.explore',
      'v6',
      (veeam) => veeam.repositories.explore('r-1', { organizationId: 'o-1', dateTime: new Date(0), type: 'vex' }),
      'v7',
    ],
    [
      'repositoryId',
      'v7',
      (veeam) => veeam.organizations.explore('o-1', { dateTime: new Date(0), type: 'vex', repositoryId: 'r-1' }),
      'v8',
    ],
  ])(
    '%s in %s is refused before anything is sent, and says since when it exists',
    async (what, version, call, since) => {
      const { emulator, veeam } = await connect(version);
      const sent = emulator.requests.length;

      const error = await caught(call(veeam));

      expect(error).toBeInstanceOf(ConfigurationError);
      expect(error).toMatchObject({ field: what, message: expect.stringContaining(`since ${since}`) });
      expect(emulator.requests).toHaveLength(sent);
    },
  );
});
