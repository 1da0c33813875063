import { describe, expect, it } from 'vitest';
import { page, type Script, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: lists', (version) => {
  it('have all mailboxes, not the thirty of the first page (VM-23)', async () => {
    const { open } = serverWith(version, 'sixty-one-mailboxes');
    const mailboxes = await (await open()).mailboxes.list().toArray();

    expect(new Set(mailboxes.map(({ id }) => id)).size).toBe(61);
    expect(mailboxes).toHaveLength(61);
  });

  it.each(['thirty-one-sessions', 'total-count-null', 'total-count-absent', 'looping-next'] as const)(
    'have all sessions: %s',
    async (scenario) => {
      const { veeam, open } = serverWith(version, scenario);
      const session = await open();

      const listed = await veeam.restoreSessions.list().toArray();

      expect(listed).toHaveLength(scenario === 'thirty-one-sessions' ? 31 : 32);
      expect(listed.map(({ id }) => id)).toContain(session.id);
    },
  );

  it('never follow the host of a link (VM-20)', async () => {
    const { emulator, open } = serverWith(version, {
      mailboxCount: 61,
      linkOrigin: 'https://vb365.corp.internal:4443',
    });

    expect(await (await open()).mailboxes.list().toArray()).toHaveLength(61);
    expect(emulator.requests.filter(({ url }) => url.includes('corp.internal'))).toEqual([]);
  });

  it('are read as far as they are consumed', async () => {
    const { open, sent } = serverWith(version, 'sixty-one-mailboxes');
    for await (const _ of (await open()).mailboxes.list({ limit: 10 })) break;

    expect(sent('listMailboxes').map(({ url }) => new URL(url).search)).toEqual(['?limit=10']);
  });

  it('of organizations and jobs are bare arrays', async () => {
    const { veeam, emulator } = serverWith(version);

    expect((await veeam.organizations.list().toArray()).map(({ id }) => id)).toEqual([emulator.organizationId]);
    expect((await veeam.jobs.list().toArray()).map(({ id }) => id)).toEqual(emulator.jobIds);
  });
});

const ids = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => sessionBody({ id: `s${from + index}` }));
const count = (script: Script) =>
  scripted('v6', script)
    .veeam.restoreSessions.list()
    .toArray()
    .then((all) => all.length);

describe('the end of a list', () => {
  it('is a short page where there are no links', async () => {
    const { veeam, asked } = scripted('v6', ({ path }) =>
      Response.json({ offset: 0, limit: 30, results: path.includes('offset') ? ids(30, 5) : ids(0, 30) }),
    );

    expect(await veeam.restoreSessions.list().toArray()).toHaveLength(35);
    expect(asked).toHaveLength(2);
  });

  it('comes when a server repeats its first page for ever', async () => {
    const next = { _links: { next: { href: '/v6/restoresessions?offset=0&limit=30' } } };

    expect(await count(() => Response.json(page(ids(0, 30), next)))).toBe(30);
  });

  it('comes with a page without items, whatever its links say', async () => {
    const next = { _links: { next: { href: '/v6/restoresessions?offset=30' } } };

    expect(await count(() => Response.json(page([], next)))).toBe(0);
  });

  it('is not waited for where each page brings something new', async () => {
    const next = { limit: 1, _links: { next: { href: '/v6/restoresessions?offset=1' } } };
    const { veeam, asked } = scripted('v6', () => Response.json(page(ids(asked.length, 1), next)));

    await expect(veeam.restoreSessions.list().toArray()).rejects.toThrow('has not ended');
    expect(asked).toHaveLength(10_000);
  });

  it('does not lose what moved to the next page meanwhile, and shows nothing twice', async () => {
    // One session was opened between the pages, so that the last one of the first page is the first of the next.
    const next = { _links: { next: { href: '/v6/restoresessions?offset=30' } } };

    expect(
      await count(({ path }) => Response.json(path.includes('offset') ? page(ids(29, 5)) : page(ids(0, 30), next))),
    ).toBe(34);
  });

  it('is understood of a page where an array is documented (VM-22)', async () => {
    const { veeam } = scripted('v6', () => Response.json(page([{ id: 'org-1', name: 'abc' }])));

    expect(await veeam.organizations.list().toArray()).toEqual([{ id: 'org-1', name: 'abc' }]);
  });
});

it.each(VERSIONS)('%s: a page of mailboxes that takes 45 s is waited for, and asked for once', async (version) => {
  const { open, emulator } = serverWith(version, 'slow-pages');
  const session = await open();

  expect(await session.mailboxes.list({ limit: 100 }).toArray()).toHaveLength(61);
  expect(emulator.requests.filter(({ path }) => /mailboxes$/i.test(path))).toHaveLength(1);
});
