import { describe, expect, it } from 'vitest';
import { ConflictError, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import { caught, page, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const DATE = '2026-01-22T16:56:55.862+02:00';

describe('the start', () => {
  it('of v5 is wrapped, with datetime and small letters (VM-5, VM-6, VM-7)', async () => {
    const { veeam, asked } = scripted('v5', ({ method }) =>
      method === 'POST' ? Response.json(sessionBody(), { status: 201 }) : Response.json(page([])),
    );

    await veeam.organizations.explore('org-1', { dateTime: DATE, type: 'vet', showDeleted: true });
    await veeam.jobs.explore('job 1', { dateTime: new Date(DATE), type: 'veod' });

    expect(asked.filter(({ method }) => method === 'POST')).toEqual([
      {
        method: 'POST',
        path: '/v5/Organizations/org-1/action',
        body: {
          explore: { datetime: '2026-01-22T14:56:55.862Z', type: 'vet', showDeleted: true, showAllVersions: false },
        },
      },
      {
        method: 'POST',
        path: '/v5/Jobs/job%201/action',
        body: {
          explore: { datetime: '2026-01-22T14:56:55.862Z', type: 'veod', showDeleted: false, showAllVersions: false },
        },
      },
    ]);
  });

  it('of v6 is not, with dateTime and capitals', async () => {
    const { veeam, asked } = scripted('v6', ({ method }) =>
      method === 'POST' ? Response.json(sessionBody()) : Response.json(page([])),
    );

    await veeam.jobs.explore('job-1', { dateTime: DATE, type: 'vex', showAllVersions: true });
    await veeam.organizations.explore('org-1', { dateTime: DATE, type: 'vesp' });

    expect(asked.filter(({ method }) => method === 'POST')).toEqual([
      {
        method: 'POST',
        path: '/v6/Jobs/job-1/explore',
        body: { dateTime: '2026-01-22T14:56:55.862Z', type: 'Vex', showDeleted: false, showAllVersions: true },
      },
      {
        method: 'POST',
        path: '/v6/Organizations/org-1/explore',
        body: { dateTime: '2026-01-22T14:56:55.862Z', type: 'Vesp', showDeleted: false, showAllVersions: false },
      },
    ]);
  });

  it.each(VERSIONS)('of %s takes a server at its strictest word', async (version) => {
    const { open, starts } = serverWith(version, 'strict-names-and-words');

    expect((await open()).type).toBe('vex');
    expect(starts()).toHaveLength(1);
  });

  it.each([
    [200, 'v5'],
    [201, 'v6'],
    [202, 'v6'],
  ] as const)('is understood by its body, with %i in %s too (VM-4)', async (status, version) => {
    const { veeam } = scripted(version, ({ method }) =>
      method === 'POST' ? Response.json({ id: SESSION }, { status }) : Response.json(page([])),
    );

    expect((await veeam.jobs.explore('job-1', { dateTime: DATE, type: 'vex' })).id).toBe(SESSION);
  });

  it.each([
    ['an empty body', () => new Response(null, { status: 201 })],
    ['a page for people', () => new Response('<html>Sign in</html>', { status: 200 })],
    ['JSON without an id', () => Response.json({ state: 'Working' })],
    ['an id that is no id', () => Response.json({ id: '..' })],
    ['a gateway that gave up', () => new Response('Bad gateway', { status: 502 })],
  ])('is not known to have arrived when the answer is %s', async (_, answer) => {
    const { veeam, asked } = scripted('v6', ({ method }) => (method === 'POST' ? answer() : Response.json(page([]))));

    const error = await caught(veeam.jobs.explore('job-1', { dateTime: DATE, type: 'vex', note: 'T-7' }));

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(String(error)).toContain('T-7');
    expect((error as StartOutcomeUnknownError).isRetryable).toBe(false);
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('that is refused is an error that says so', async () => {
    const { veeam } = scripted('v6', ({ method }) =>
      method === 'POST' ? Response.json({ message: 'Busy.' }, { status: 409 }) : Response.json(page([])),
    );

    await expect(veeam.jobs.explore('job-1', { dateTime: DATE, type: 'vex' })).rejects.toThrow(ConflictError);
  });

  it.each([
    'start-answer-lost',
    'session-cannot-be-created',
    'start-takes-ten-minutes',
  ] satisfies VeeamM365ScenarioName[])('is never repeated: %s', async (scenario) => {
    const { open, starts } = serverWith('v6', scenario);

    const error = await caught(open());
    await (error as StartOutcomeUnknownError).reconcile();

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(starts()).toHaveLength(1);
  });

  it('goes out although the sessions before it cannot be listed', async () => {
    const { veeam } = scripted('v6', ({ method }) =>
      method === 'POST' ? Response.json(sessionBody()) : new Response('down', { status: 503 }),
    );

    expect((await veeam.jobs.explore('job-1', { dateTime: DATE, type: 'vex' })).id).toBe(SESSION);
  });
});
