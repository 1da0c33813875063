import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import type { VeeamM365Scenario } from '../../src/testing/veeam-m365/scenario.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import type { ExploreType } from '../../src/veeam-m365/index.ts';
import { SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const HOUR_MS = 3_600_000;

describe.each(VERSIONS)('%s: a session that is opened', (version) => {
  it.each<[string, number, ExploreType, VeeamM365Scenario, readonly string[]]>([
    ['between the backups has no warning', 48, 'exchange', {}, []],
    ['before the first backup is warned of (VM-9)', 31 * 24, 'exchange', {}, ['before-first-backup']],
    ['after the last backup is warned of (VM-9)', 0, 'exchange', {}, ['after-last-backup']],
    ['where there is no backup is warned of', 48, 'exchange', { neverBackedUp: true }, ['never-backed-up']],
    ['with an expired licence is warned of', 48, 'exchange', { licence: 'Expired' }, ['licence-expired']],
    [
      'of mailboxes that are not backed up is warned of',
      48,
      'exchange',
      { workloads: ['Vesp'] },
      ['workload-not-covered'],
    ],
  ])('%s', async (_, hoursAgo, type, scenario, codes) => {
    const { clock, open, starts } = serverWith(version, scenario);

    const session = await open({ dateTime: new Date(clock.now() - hoursAgo * HOUR_MS), type });

    expect(session.warnings.map(({ code }) => code)).toEqual(codes);
    const ready = await waitForCompletion(session, { until: 'ready' });
    expect(ready.warnings.map(({ code }) => code)).toEqual(codes);
    expect(starts()).toHaveLength(1);
    expect(JSON.parse(JSON.stringify(session))).not.toHaveProperty('warnings');
  });
});

describe.each(['v6', 'v7', 'v8'] as const)('%s: a session of a job', (version) => {
  it('is warned of by the restore points of that job', async () => {
    const { clock, emulator, veeam } = serverWith(version, { workloads: ['Vex'] });
    const [, job] = emulator.jobIds;
    const warned = async (hoursAgo: number, type: ExploreType) => {
      const session = await veeam.jobs.explore(job, { dateTime: new Date(clock.now() - hoursAgo * HOUR_MS), type });
      return session.warnings.map(({ code }) => code);
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
