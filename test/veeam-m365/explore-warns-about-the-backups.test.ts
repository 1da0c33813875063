import { describe, expect, it } from 'vitest';
import { type Warning, waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { bearerToken, type ExploreType } from '../../src/veeam-m365/index.ts';
import { BASE_URL, CLIENTS, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const HOUR_MS = 3_600_000;

const codesOf = ({ warnings }: { readonly warnings: readonly Warning[] }) => warnings.map(({ code }) => code);

describe.each(VERSIONS)('%s: a session that is opened', (version) => {
  it.each<[string, number, VeeamM365Scenario, readonly string[], readonly string[]]>([
    ['between the backups has no warning', 48, {}, [], []],
    ['before the first backup is warned of (VM-9)', 31 * 24, {}, ['before-first-backup'], []],
    ['after the last backup is warned of (VM-9)', 0, {}, ['after-last-backup'], []],
    ['where there is no backup is warned of', 48, { neverBackedUp: true }, ['never-backed-up'], []],
    ['with an expired licence is warned of', 48, { licence: 'Expired' }, ['licence-expired'], []],
    [
      'of mailboxes that are not backed up is warned of, and so is that it is empty',
      48,
      { workloads: ['Vesp'] },
      ['workload-not-covered'],
      ['nothing-found'],
    ],
  ])('%s', async (_, hoursAgo, scenario, atOnce, whenItWorks) => {
    const { clock, open, starts } = serverWith(version, scenario);

    const session = await open({ dateTime: new Date(clock.now() - hoursAgo * HOUR_MS), type: 'exchange' });

    expect(codesOf(session)).toEqual(atOnce);
    const ready = await waitForCompletion(session, { until: 'ready' });
    expect(codesOf(ready)).toEqual([...atOnce, ...whenItWorks]);
    expect(codesOf(session)).toEqual([...atOnce, ...whenItWorks]);
    expect(starts()).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(session))).not.toHaveProperty('warnings');
  });

  it.each<[ExploreType, string, string]>([
    ['exchange', 'listMailboxes', 'mailbox'],
    ['onedrive', 'listOneDrives', 'OneDrive'],
    ['sharepoint', 'listSites', 'site'],
    ['teams', 'listTeams', 'team'],
  ])('is known to be empty by one read of one item: %s (VM-9)', async (type, operationId, thing) => {
    const { clock, emulator, veeam, sent } = serverWith(version, { workloads: [], startingMs: 20_000 });
    const dateTime = new Date(clock.now() - 48 * HOUR_MS);
    const session = await veeam.jobs.explore(emulator.jobIds[0], { dateTime, type });

    const { warnings } = await waitForCompletion(session, { until: 'ready' });
    await session.poll();

    const found = warnings.find(({ code }) => code === 'nothing-found');
    expect(found?.message).toContain(`no ${thing}`);
    expect(sent(operationId).map(({ url }) => new URL(url).search)).toEqual(['?limit=1']);
  });

  it('that another client follows is not read', async () => {
    const { clock, emulator, veeam, sent } = serverWith(version, { workloads: ['Vesp'] });
    const dateTime = new Date(clock.now() - 48 * HOUR_MS);
    const session = await veeam.organizations.explore(emulator.organizationId, { dateTime, type: 'exchange' });

    const status = await veeam.attach({ id: session.id }).poll();

    expect(status).toMatchObject({ state: 'running', warnings: [] });
    expect(sent('listMailboxes')).toEqual([]);
  });

  it('is not said to be empty by a server that takes long', async () => {
    const { clock, open } = serverWith(version, { workloads: ['Vesp'], browsingMs: 45_000 });
    const session = await open({ dateTime: new Date(clock.now() - 48 * HOUR_MS), type: 'exchange' });
    const before = clock.now();

    const status = await session.poll();

    expect(status.state).toBe('running');
    expect(codesOf(status)).toEqual(['workload-not-covered']);
    expect(clock.now() - before).toBe(10_000);
  });
});

describe.each(['v6', 'v7', 'v8'] as const)('%s: a session of a job', (version) => {
  it('is warned of by the restore points of that job', async () => {
    const { clock, emulator, veeam } = serverWith(version, { workloads: ['Vex'] });
    const [, job] = emulator.jobIds;
    const warned = async (hoursAgo: number, type: ExploreType) => {
      const session = await veeam.jobs.explore(job, { dateTime: new Date(clock.now() - hoursAgo * HOUR_MS), type });
      return codesOf(session);
    };

    expect(await warned(13, 'exchange')).toEqual([]);
    expect(await warned(13, 'teams')).toEqual(['workload-not-covered']);
    expect(await warned(0, 'exchange')).toEqual(['after-last-backup']);
    expect(await warned(7 * 24, 'exchange')).toEqual(['before-first-backup']);
  });
});

it('nothing is refused, and nothing waits long, where the backups cannot be read', async () => {
  const clock = virtualClock();
  const { veeam, asked } = scripted(
    'v8',
    ({ method }) =>
      method === 'POST'
        ? Response.json(sessionBody(), { status: 201 })
        : Response.json({ message: 'No.' }, { status: 500 }),
    clock,
  );
  const before = clock.now();

  const session = await veeam.organizations.explore('org-1', { dateTime: new Date(before), type: 'vex' });

  expect(session).toMatchObject({ id: SESSION, warnings: [] });
  expect(clock.now()).toBe(before);
  expect(asked.filter(({ path }) => path === '/v8/License')).toHaveLength(1);
});

it.each(VERSIONS)(
  '%s: the start does not wait for what the server knows about the backups',
  async (version) => {
    const { clock: virtual, emulator } = serverWith(version);
    // No time limit ever ends.
    const clock = { now: () => virtual.now(), sleep: () => new Promise<void>(() => undefined) };
    const sent = new Promise<string>((resolve) => {
      const veeam = new CLIENTS[version]({
        baseUrl: BASE_URL,
        auth: bearerToken('token-1'),
        clock,
        fetch: async (input, init) => {
          const { method, url } = new Request(input, init);
          if (method === 'POST') resolve(url);
          // Reads about the backups are never answered.
          return /\/(License|RestorePoints|Organizations\/[^/]+)(\?|$)/.test(url) && method === 'GET'
            ? new Promise(() => undefined)
            : emulator.fetch(input, init);
        },
      });
      const input = { dateTime: new Date(clock.now()), type: 'exchange' } as const;
      veeam.organizations.explore(emulator.organizationId, input).catch(() => undefined);
    });
    expect(await sent).toMatch(/\/(explore|action)$/);
  },
  5_000,
);
