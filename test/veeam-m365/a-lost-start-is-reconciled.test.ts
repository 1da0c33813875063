import { describe, expect, it } from 'vitest';
import { type Reconciliation, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { type RestoreSession, veeamPassword } from '../../src/veeam-m365/index.ts';
import { caught, page, type Script, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const INPUT = { dateTime: '2026-01-22T14:56:55Z', type: 'vex' } as const;

async function lost(start: Promise<RestoreSession>): Promise<StartOutcomeUnknownError<RestoreSession>> {
  const error = await caught(start);
  expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  return error as StartOutcomeUnknownError<RestoreSession>;
}

/** Loses every start, and lists these sessions: the ones of before first, then the ones of each later poll. */
function losing(...lists: readonly (readonly unknown[])[]): Script {
  return ({ method }, count) => {
    if (method === 'POST') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
    return Response.json(page(lists[Math.min(count, lists.length) - 1] ?? []));
  };
}

const old = sessionBody({ id: 'old' });
const mine = sessionBody({ id: 'mine' });

describe.each(VERSIONS)('%s: a start whose answer was lost', (version) => {
  it('is found in the list, and can be gone on with', async () => {
    const { open, emulator } = serverWith(version, 'start-answer-lost');
    const error = await lost(open());

    const told = await error.reconcile();

    expect(told.outcome).toBe('started');
    const session = (told as Extract<typeof told, { outcome: 'started' }>).operation;
    expect(session.id).toBe(emulator.restores[0]?.id);
    expect(session).toMatchObject({ type: 'vex', scope: { organizationId: emulator.organizationId } });
    await session.stop();
    expect(emulator.openSessions).toEqual([]);
    expect(await error.reconcile()).toBe(told);
  });

  it('looks as if it was not started when a minute shows no new session, which is no proof', async () => {
    const { open, clock } = serverWith(version, 'session-cannot-be-created');
    const error = await lost(open());
    const from = clock.now();

    expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
    expect(clock.now() - from).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a start whose answer was lost', () => {
  it('is found when the server shows it late', async () => {
    const { veeam } = scripted('v6', losing([old], [old], [old], [old, mine]));

    const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();

    expect(told).toMatchObject({ outcome: 'started', operation: { id: 'mine' } });
  });

  it.each<[string, 'started' | 'unknown' | 'looks-not-started', readonly unknown[]]>([
    ['several new sessions', 'unknown', [mine, sessionBody({ id: 'theirs' })]],
    ['a new session of another type', 'looks-not-started', [old, sessionBody({ id: 'theirs', type: 'Vet' })]],
    ['a new session next to one of another type', 'started', [mine, sessionBody({ id: 'theirs', type: 'Vet' })]],
    ['only what was there before', 'looks-not-started', [old]],
  ])('with %s afterwards is %s', async (_, outcome, after) => {
    const { veeam } = scripted('v6', losing([old], after));

    const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();
    expect(told.outcome === 'unknown' && told.looksNotStarted ? 'looks-not-started' : told.outcome).toBe(outcome);
  });

  describe('by who has opened the new sessions', () => {
    const by = (id: string, initiatedBy: string) => sessionBody({ id, initiatedBy });
    it.each<[string, string, Reconciliation['outcome'], readonly unknown[]]>([
      ['somebody else', 'EPSILON\\Administrator', 'unknown', [by('theirs', 'EPSILON\\Eve')]],
      ['us and somebody else', 'EPSILON\\Ann', 'started', [by('mine', 'EPSILON\\Ann'), by('theirs', 'EPSILON\\Eve')]],
      ['us, in the other notation', 'ann@epsilon.example', 'started', [by('mine', 'EPSILON\\Ann')]],
      ['a tenant, told as its organization', 'ann', 'started', [by('mine', 'abc.onmicrosoft.com')]],
    ])('%s', async (_, username, outcome, after) => {
      const script = losing([old], after);
      const { veeam } = scripted(
        'v6',
        (asked, count) => {
          if (asked.path === '/v6/token') return Response.json({ access_token: 'token-1', expires_in: 3600 });
          return script(asked, count);
        },
        virtualClock(),
        veeamPassword({ username, password: 'pass-word-1' }),
      );

      const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();

      expect(told.outcome).toBe(outcome);
      if (told.outcome === 'started') expect(told.operation.id).toBe('mine');
    });
  });

  it('is never claimed not to have started when the sessions of before are not known', async () => {
    const { veeam } = scripted('v6', (asked, count) =>
      asked.method === 'GET' && count === 1 ? new Response('down', { status: 503 }) : losing([])(asked, count),
    );

    const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();

    expect(told).toMatchObject({ outcome: 'unknown', evidence: [expect.stringContaining('could not be read')] });
  });

  it('is never claimed not to have started when the list cannot be read', async () => {
    const { veeam } = scripted('v6', (asked, count) =>
      asked.method === 'GET' && count > 1 ? new Response('down', { status: 503 }) : losing([])(asked, count),
    );

    expect((await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile()).outcome).toBe('unknown');
  });

  it('is never claimed not to have started after a new login, whose list shows its own sessions only', async () => {
    const { open } = serverWith('v6', {
      token: { lifeSeconds: 60, refresh: 'refused' },
      // 5 minutes, so that the login of the start is gone.
      faults: { slow: { start: 600_000 } },
    });

    const told = await (await lost(open())).reconcile();

    expect(told).toMatchObject({ outcome: 'unknown', evidence: [expect.stringContaining('new login')] });
  });

  it('is not mixed up with a session that the same client opened at that time', async () => {
    let starts = 0;
    const clock = virtualClock();
    const { veeam } = scripted(
      'v6',
      ({ method }, count) => {
        if (method === 'GET') return Response.json(page(count <= 2 ? [] : [mine, sessionBody({ id: 'other' })]));
        starts += 1;
        if (starts === 1) throw new TypeError('fetch failed');
        return Response.json(sessionBody({ id: 'other' }));
      },
      clock,
    );
    const first = veeam.jobs.explore('job-1', INPUT);
    const error = await lost(first);
    await veeam.jobs.explore('job-1', INPUT);

    expect(await error.reconcile()).toMatchObject({ outcome: 'started', operation: { id: 'mine' } });
  });

  it('is looked for until the caller has enough', async () => {
    const { veeam } = scripted('v6', losing([]));
    const error = await lost(veeam.jobs.explore('job-1', INPUT));
    const control = new AbortController();
    const told = error.reconcile({ signal: control.signal });
    control.abort(new Error('enough'));

    await expect(told).rejects.toThrow('enough');
  });
});
