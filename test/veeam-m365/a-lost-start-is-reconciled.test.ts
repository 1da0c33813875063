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
  it('is found in the list, and can be followed', async () => {
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

  it('is found among more than a thousand, by the time of the server', async () => {
    const { open, emulator, sent } = serverWith(version, 'start-lost-among-many');

    const told = await (await lost(open())).reconcile();

    expect(told).toMatchObject({ outcome: 'started', operation: { id: emulator.restores[0]?.id } });
    expect(sent('listRestoreSessions').some(({ url }) => url.includes('startTimeFrom='))).toBe(true);
  });

  it.each([15, -15])('is found among many where the clock of the server is off by %s min', async (minutes) => {
    const scenario = { earlierSessions: 1_200, clockSkewMs: minutes * 60_000, faults: { loseStartResponse: true } };
    const { open, emulator } = serverWith(version, scenario);

    const told = await (await lost(open())).reconcile();

    expect(told).toMatchObject({ outcome: 'started', operation: { id: emulator.restores[0]?.id } });
  });

  it('looks as if it was not started among many, too', async () => {
    const { emulator } = serverWith(version, { earlierSessions: 1_200 });
    const { open } = serverWith(
      version,
      { earlierSessions: 1_200 },
      {
        fetch: async (input, init) => {
          if (/explore|action/i.test(String(input)))
            throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
          return emulator.fetch(input, init);
        },
      },
    );

    expect(await (await lost(open())).reconcile()).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
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

  it('takes no session for its own that only one or two lists have: they may be of another server', async () => {
    const other = sessionBody({ id: 'of-another-server' });
    for (const lists of [
      [[], [other], []],
      [[], [other], [other], []],
    ]) {
      const { veeam } = scripted('v6', losing(...lists));
      const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();
      expect(told).toMatchObject({ outcome: 'unknown' });
    }
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

  it('is not taken for that of another start whose answer was lost too', async () => {
    const { veeam } = scripted('v6', losing([old], [old], [old, mine]));
    const [first, second] = await Promise.all([
      lost(veeam.jobs.explore('job-1', INPUT)),
      lost(veeam.jobs.explore('job-2', INPUT)),
    ]);

    expect(await first.reconcile()).toMatchObject({ outcome: 'unknown', evidence: expect.any(Array) });
    expect(await second.reconcile()).not.toHaveProperty('operation');
  });

  it('is not taken for that of another start that is still on its way, and is found when that one is answered', async () => {
    let answerOther = (_: Response) => {};
    const clock = virtualClock();
    const { veeam } = scripted(
      'v6',
      ({ method, path }, count) => {
        if (method === 'POST' && path.includes('job-2')) return new Promise((resolve) => (answerOther = resolve));
        if (method === 'POST') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
        return Response.json(page(count <= 2 ? [old] : count === 3 ? [old, theirs] : [old, theirs, mine]));
      },
      clock,
    );
    const theirs = sessionBody({ id: 'theirs' });
    const error = await lost(veeam.jobs.explore('job-1', INPUT));
    const other = veeam.jobs.explore('job-2', INPUT);
    const told = error.reconcile();
    await clock.sleep(1_000);
    answerOther(Response.json(theirs));

    expect((await other).id).toBe('theirs');
    expect(await told).toMatchObject({ outcome: 'started', operation: { id: 'mine' } });
  });

  it('is not taken for a session that began long before, by the clock of the server', async () => {
    const clock = virtualClock();
    const script = losing([old], [old, sessionBody({ id: 'theirs', creationTime: '2020-01-01T00:00:00.0000000Z' })]);
    const dated: Script = async (asked, count) => {
      const answer = await script(asked, count);
      answer.headers.set('date', new Date(clock.now()).toUTCString());
      return answer;
    };
    const { veeam } = scripted('v6', dated, clock);

    const told = await (await lost(veeam.jobs.explore('job-1', INPUT))).reconcile();

    expect(told).toMatchObject({ outcome: 'unknown' });
    expect(told).not.toHaveProperty('looksNotStarted');
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
