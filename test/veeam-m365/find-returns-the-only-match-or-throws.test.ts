import { describe, expect, it } from 'vitest';
import { ConfigurationError, SelectionError } from '../../src/errors/index.ts';
import { VeeamM365V6Client } from '../../src/veeam-m365/index.ts';
import { caught, oneSession, page, SESSION, scripted, sessionBody, VERSIONS } from './support.ts';

const a = { id: '1', name: 'abc.onmicrosoft.com' };
const b = { id: '2', name: 'abc' };

describe.each(VERSIONS)('%s: an organization or a job', (version) => {
  const finders = (items: readonly unknown[]) => {
    const { veeam, asked } = scripted(version, () => Response.json(items));
    return { asked, both: [veeam.organizations, veeam.jobs] };
  };

  it('is found by its exact name', async () => {
    for (const finder of finders([b, a]).both) {
      expect(await finder.find({ name: 'abc.onmicrosoft.com' })).toMatchObject({ id: '1' });
    }
  });

  it.each([
    ['none', [b], []],
    ['several', [a, b, { ...a, id: '3' }], [{ id: '1' }, { id: '3' }]],
  ])('is not chosen where there are %s', async (reason, items, found) => {
    for (const finder of finders(items).both) {
      const error = await caught(finder.find({ name: a.name }));
      expect(error).toBeInstanceOf(SelectionError);
      expect(error).toMatchObject({ reason, found, started: 'no' });
    }
  });

  it.each([[{ name: '' }], [{}], [{ name: 'abc', id: '1' }], [undefined]])('is not found by %j', async (filter) => {
    const { asked, both } = finders([a]);
    for (const finder of both) {
      expect(await caught(finder.find(filter as { name: string }))).toBeInstanceOf(ConfigurationError);
    }
    expect(asked).toEqual([]);
  });
});

describe.each(VERSIONS)('%s: a mailbox', (version) => {
  const mailboxes = [
    { id: 'm1', email: 'Ann@abc.com', isArchive: false },
    { id: 'm2', email: 'ann@abc.com', isArchive: true },
    { id: 'm3', email: 'bob@abc.com' },
    { id: 'm4', email: 'eve@abc.com', isArchive: 'false' },
    { id: 'm5', email: 'eve@abc.com', isArchive: 'false' },
  ];
  const find = scripted(
    version,
    oneSession({ session: () => sessionBody(), other: () => Response.json(page(mailboxes)) }),
  ).veeam.attach({ id: SESSION }).mailboxes.find;

  it('is found by its address, and its archive apart', async () => {
    expect((await find({ email: 'ann@abc.com' })).id).toBe('m1');
    expect((await find({ email: 'ann@abc.com', archive: true })).id).toBe('m2');
    expect((await find({ email: 'BOB@abc.com' })).id).toBe('m3');
  });

  it('is never the first of several', async () => {
    await expect(find({ email: 'eve@abc.com' })).rejects.toMatchObject({
      reason: 'several',
      found: [{ id: 'm4' }, { id: 'm5' }],
    });
    await expect(find({ email: 'bob@abc.com', archive: true })).rejects.toMatchObject({ reason: 'none' });
  });
});

describe('the latest restore point', () => {
  const points = [
    { id: 'new', backupTime: '2022-01-22T14:56:55.8620000Z', isExchange: false },
    { id: 'old', backupTime: '2022-01-20T00:00:00Z', isExchange: true },
    { id: 'older', backupTime: '2022-01-19T00:00:00Z', isExchange: true },
  ];
  const latest = (items: readonly unknown[]) => {
    const { veeam, asked } = scripted('v6', () => Response.json(items));
    if (!(veeam instanceof VeeamM365V6Client)) throw new Error('Another client.');
    return { asked, veeam };
  };

  it('is chosen by its time', async () => {
    const { asked, veeam } = latest([points[1], points[0], points[2]]);

    expect(await veeam.restorePoints.latest({ organizationId: 'o1' })).toMatchObject({
      id: 'new',
      createdAt: new Date('2022-01-22T14:56:55.862Z'),
    });
    expect((await veeam.restorePoints.latest({ jobId: 'j1', type: 'exchange' })).id).toBe('old');
    expect(asked.map(({ path }) => path)).toEqual([
      '/v6/RestorePoints?organizationId=o1',
      '/v6/RestorePoints?jobId=j1',
    ]);
  });

  it.each([
    ['none', []],
    ['several', [points[0], { ...points[0], id: 'twin' }]],
    ['no-time', [{ id: 'timeless' }]],
  ])('is not chosen: %s', async (reason, items) => {
    await expect(latest(items).veeam.restorePoints.latest({ jobId: 'j1' })).rejects.toMatchObject({ reason });
  });

  it('is not looked for without a filter, or with an empty one', async () => {
    const { asked, veeam } = latest(points);

    await expect(veeam.restorePoints.latest({})).rejects.toThrow(ConfigurationError);
    await expect(veeam.restorePoints.latest({ jobId: '' })).rejects.toThrow(ConfigurationError);
    expect(asked).toEqual([]);
  });
});

it.each([
  ['exchange', 'vex'],
  ['onedrive', 'veod'],
  ['sharepoint', 'vesp'],
  ['teams', 'vet'],
  ['vet', 'vet'],
] as const)("a session of %s is one of the vendor's type %s", async (type, word) => {
  const { veeam, asked } = scripted('v6', ({ method }) => Response.json(method === 'POST' ? sessionBody() : page([])));

  const session = await veeam.jobs.explore('1', { dateTime: '2022-01-22T00:00:00Z', type });

  expect(session.type).toBe(word);
  expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({
    type: `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
  });
});
