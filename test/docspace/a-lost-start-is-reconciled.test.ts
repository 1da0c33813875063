import { describe, expect, it } from 'vitest';
import { type Reconciliation, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import type { Operation, RestoreResult } from '../../src/operation/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import {
  BACKUP,
  done,
  envelope,
  OTHER_TASK,
  portalWith,
  record,
  type Script,
  scriptedPortal,
  TASK,
} from './support.ts';

type Found = Reconciliation<Operation<RestoreResult>>;

async function lose(start: Promise<unknown>): Promise<StartOutcomeUnknownError<Operation<RestoreResult>>> {
  const error = await start.catch((thrown: unknown) => thrown);
  if (StartOutcomeUnknownError.isInstance(error)) return error as StartOutcomeUnknownError<Operation<RestoreResult>>;
  throw new Error(`expected a lost start, got ${String(error)}`);
}

interface Oddities {
  readonly tenantStatus?: (count: number) => number;
  /** Of the start. */
  readonly answer?: () => Response;
}

/** Loses a start on a portal that tells of `before`, and then `after` by the number of the poll, and asks what became of it. */
async function reconcile(
  before: () => Response,
  after: Script,
  { tenantStatus = () => 0, answer = () => new Response(null, { status: 502 }) }: Oddities = {},
) {
  const portal = scriptedPortal((asked, count) => {
    if (asked.call === 'startrestore') return answer();
    if (asked.call === 'settings') return envelope({ tenantStatus: tenantStatus(count) });
    return count === 1 ? before() : after(asked, count - 1);
  });
  const error = await lose(
    portal.docspace.portal.restore({ backupId: BACKUP, backupCreatedAt: '2026-06-29T02:00:00Z' }),
  );
  const askedAt = portal.clock.now();
  const found: Found = await error.reconcile();
  return { ...portal, found, elapsedMs: portal.clock.now() - askedAt };
}

const nothing = () => envelope();
const page = () => new Response('<html></html>', { headers: { 'content-type': 'text/html' } });
const deep = () =>
  new Response(`{"response":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, {
    headers: { 'content-type': 'application/json' },
  });
const earlier = () => envelope(done({ taskId: OTHER_TASK }));

describe('started', () => {
  it.each([
    ['none before', nothing],
    ['an earlier one before', earlier],
  ])('when a restore appears that was not there: %s', async (_, before) => {
    const { found } = await reconcile(before, (__, count) => (count < 3 ? before() : envelope(record())));
    expect(found.outcome).toBe('started');
    if (found.outcome !== 'started') return;
    expect(found.operation.id).toBe(TASK);
    const status = await found.operation.poll();
    expect(status.warnings).toMatchObject([{ code: 'found-after-lost-start' }]);
  });

  it('even when it has ended already, and once only', async () => {
    const { docspace, emulator } = portalWith('blind-retry-restores-again');
    const error = await lose(docspace.portal.restore({ backupId: BACKUP }));
    const found = await error.reconcile();
    expect(found.outcome).toBe('started');
    if (found.outcome !== 'started') return;
    expect((await waitForCompletion(found.operation)).state).toBe('succeeded');
    expect(emulator.restores).toHaveLength(1);
  });

  it('when the portal begins it 75 s after the 504 of a proxy', async () => {
    const { docspace, emulator } = portalWith('start-commits-late');
    const found = await (await lose(docspace.portal.restore({ backupId: BACKUP }))).reconcile();
    expect(found).toMatchObject({ outcome: 'started', operation: { id: emulator.restores[0]?.id } });
    expect(emulator.restores).toHaveLength(1);
  });

  it('although a restore of the whole server by another portal has ended an hour ago', async () => {
    const { docspace, emulator } = portalWith({
      edition: 'standalone',
      serverRestore: { agoMs: 3_600_000 },
      faults: { loseStartResponse: true },
    });
    const found = await (await lose(docspace.portal.restore({ backupId: BACKUP }))).reconcile();
    expect(found).toMatchObject({ outcome: 'started', operation: { id: emulator.restores[0]?.id } });
    if (found.outcome === 'started') expect(found.operation.toJSON()).toMatchObject({ dump: false });
  });

  it('when it appears behind a poll that failed', async () => {
    const { found } = await reconcile(nothing, (_, count) =>
      count === 1 ? new Response(null, { status: 502 }) : envelope(record()),
    );
    expect(found.outcome).toBe('started');
  });
});

it('takes no restore for its own that two answers tell of and the next does not: they may be of another portal', async () => {
  const { found } = await reconcile(nothing, (_, count) => (count <= 2 ? envelope(record()) : nothing()));
  expect(found).toMatchObject({ outcome: 'unknown' });
  expect(found).not.toHaveProperty('looksNotStarted', true);
});

describe('looks as if it was not started', () => {
  it.each([
    ['knows of no restore', nothing],
    ['knows of an earlier one that had ended', earlier],
  ])('when an active portal %s, for three minutes', async (_, answer) => {
    const { found, elapsedMs, asked } = await reconcile(answer, answer);
    expect(found).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
    expect(elapsedMs).toBeGreaterThanOrEqual(180_000);
    expect(asked.filter(({ call }) => call === 'getrestoreprogress').length).toBeGreaterThan(3);
    expect(asked.filter(({ call }) => call === 'startrestore')).toHaveLength(1);
  });
});

describe('unknown', () => {
  it.each<[string, Parameters<typeof reconcile>, RegExp]>([
    ['the poll before the start failed', [() => new Response(null, { status: 502 }), nothing], /could not be read/],
    [
      'the poll before the start failed, and a restore shows',
      [() => new Response(null, { status: 502 }), () => envelope(record())],
      new RegExp(TASK),
    ],
    ['the portal is locked', [nothing, nothing, { tenantStatus: () => 4 }], /tenantStatus 4/],
    [
      'the portal was locked for one poll',
      [nothing, nothing, { tenantStatus: (count) => (count === 2 ? 4 : 0) }],
      /tenantStatus 4/,
    ],
    ['a poll failed', [nothing, (_, count) => (count === 2 ? new Response(null, { status: 404 }) : envelope())], /404/],
    ['another restore ran at the time', [() => envelope(record({ taskId: OTHER_TASK })), earlier], /was running/],
    ['the portal had accepted it', [nothing, nothing, { answer: nothing }], /answered with success/],
    ['a 200 was empty JSON', [nothing, nothing, { answer: () => Response.json({}) }], /answered with success/],
    ['a 200 was a page', [nothing, nothing, { answer: page }], /answered with success/],
    ['a 200 was deeper than any that makes sense', [nothing, nothing, { answer: deep }], /answered with success/],
    ['a restore that had ended is not told of any more', [earlier, nothing], /had ended/],
    [
      'a restore that had ended was out of sight for one poll',
      [earlier, (_, count) => (count === 2 ? envelope() : earlier())],
      /showed no restore/,
    ],
  ])('when %s', async (_, given, evidence) => {
    const { found } = await reconcile(...given);
    expect(found.outcome).toBe('unknown');
    if (found.outcome !== 'unknown') return;
    expect(found.looksNotStarted).toBeUndefined();
    expect(found.evidence.join('\n')).toMatch(evidence);
    expect(found.advice).toContain('attach');
  });
});

describe('a day after the start nothing is evidence', () => {
  const HOUR_MS = 3_600_000;
  const STARTED_AT = Date.UTC(2026, 0, 1);

  /** Asks `hours` later about a start before which the portal told of nothing. */
  const askLater = async (hours: number, now: () => Response) => {
    const { docspace, clock } = scriptedPortal(({ call }) =>
      call === 'settings' ? envelope({ tenantStatus: 0 }) : now(),
    );
    clock.jump(hours * HOUR_MS);
    return docspace.reconcileStart({
      startedAt: new Date(STARTED_AT),
      target: {},
      baseline: { restores: [] },
    });
  };

  it.each([
    [1, true],
    [22, true],
    [23, undefined],
    [25, undefined],
    [72, undefined],
  ])('%d h later, an absent restore looks as if it was not started: %s', async (hours, looksNotStarted) => {
    const found = await askLater(hours, nothing);
    expect(found.outcome).toBe('unknown');
    expect(found.outcome === 'unknown' && found.looksNotStarted).toBe(looksNotStarted);
  });

  it('and a restore that shows then is not taken for ours', async () => {
    expect(await askLater(22, () => envelope(record()))).toMatchObject({ outcome: 'started' });
    expect(await askLater(25, () => envelope(record()))).toMatchObject({
      outcome: 'unknown',
      evidence: expect.arrayContaining([expect.stringContaining(TASK)]),
    });
  });

  it.each([
    ['ours was set back meanwhile', -1, 30, undefined],
    ['ours was set forward meanwhile', 30, 1, true],
  ])('by the clock of the server: %s', async (_, ourHours, serverHours, looksNotStarted) => {
    let serverNow = Date.UTC(2026, 5, 1);
    const { docspace, clock } = scriptedPortal(({ call }) => {
      const answer = envelope(call === 'settings' ? { tenantStatus: 0 } : undefined);
      answer.headers.set('date', new Date(serverNow).toUTCString());
      return answer;
    });
    const baseline = await docspace.takeBaseline({});
    const startedAt = new Date(clock.now() - Math.min(0, ourHours) * HOUR_MS);
    serverNow += serverHours * HOUR_MS;
    clock.jump(Math.max(0, ourHours) * HOUR_MS);
    const found = await docspace.reconcileStart({ startedAt, target: {}, baseline });
    expect(found.outcome === 'unknown' && found.looksNotStarted).toBe(looksNotStarted);
  });
});

describe('a start of which only the target is known', () => {
  const ask = (before: unknown, portal: () => Response, server: () => Response) => {
    const { docspace, clock } = scriptedPortal(({ call, query }) => {
      if (call === 'settings') return envelope({ tenantStatus: 0 });
      return query === '?Dump=true' ? server() : portal();
    });
    return docspace.reconcileStart({ startedAt: new Date(clock.now()), target: {}, baseline: before });
  };
  const baselineOf = (...ids: string[]) => ({ restores: ids.map((taskId) => ({ taskId, isCompleted: true })) });

  it.each([
    ['of the portal', () => envelope(record()), nothing, false],
    ['of the server', nothing, () => envelope(record()), true],
  ])('is found %s', async (_, portal, server, dump) => {
    const found = await ask(baselineOf(), portal, server);
    expect(found).toMatchObject({ outcome: 'started', operation: { id: TASK } });
    if (found.outcome === 'started') expect(found.operation.toJSON()).toMatchObject({ dump });
  });

  it('is not told where two restores are new', async () => {
    const found = await ask(
      baselineOf(),
      () => envelope(record()),
      () => envelope(record({ taskId: OTHER_TASK })),
    );
    expect(found).toMatchObject({ outcome: 'unknown' });
    expect(found).not.toHaveProperty('looksNotStarted');
    if (found.outcome === 'unknown') expect(found.evidence.join()).toMatch(new RegExp(`${TASK}.*${OTHER_TASK}`));
  });

  it('is never the restore that was told of before it, in whatever letters', async () => {
    const found = await ask(baselineOf(TASK.toUpperCase()), () => envelope(done()), nothing);
    expect(found).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
  });

  it('takes what the client told before it, of both kinds', async () => {
    const { docspace, asked } = scriptedPortal(({ query }) =>
      envelope(query === '?Dump=true' ? done({ taskId: OTHER_TASK }) : record()),
    );
    expect(await docspace.takeBaseline({})).toEqual({
      restores: [
        { taskId: TASK, isCompleted: false, percent: 10 },
        { taskId: OTHER_TASK, isCompleted: true, percent: 100 },
      ],
    });
    expect(asked.map(({ query }) => query)).toEqual(['?Dump=false', '?Dump=true']);
  });
});

it('sends no credentials', async () => {
  const { asked } = await reconcile(nothing, nothing);
  expect(asked.filter(({ method, authorization }) => method === 'GET' && authorization !== null)).toEqual([]);
});

it('ends at once with the reason of its signal', async () => {
  const { docspace } = scriptedPortal(({ call }) =>
    call === 'startrestore'
      ? new Response(null, { status: 502 })
      : envelope(call === 'settings' ? { tenantStatus: 0 } : undefined),
  );
  const error = await lose(docspace.portal.restore({ backupId: BACKUP }));
  const control = new AbortController();
  const reason = new Error('enough');
  const asking = error.reconcile({ signal: control.signal });
  control.abort(reason);
  await expect(asking).rejects.toBe(reason);
});

it('ends so while it polls, even where it would not poll again', async () => {
  const control = new AbortController();
  const reason = new Error('enough');
  const { docspace } = scriptedPortal((_, count) => {
    if (count === 1) return new Response(null, { status: 502 });
    control.abort(reason);
    return new Promise(() => undefined);
  });
  const error = await lose(docspace.portal.restore({ backupId: BACKUP }));
  await expect(error.reconcile({ signal: control.signal })).rejects.toBe(reason);
});
