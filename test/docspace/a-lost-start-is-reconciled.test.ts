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

  it('when it appears behind a poll that failed', async () => {
    const { found } = await reconcile(nothing, (_, count) =>
      count === 1 ? new Response(null, { status: 502 }) : envelope(record()),
    );
    expect(found.outcome).toBe('started');
  });
});

describe('looks as if it was not started', () => {
  it.each([
    ['knows of no restore', nothing],
    ['knows of an earlier one that had ended', earlier],
  ])('when an active portal %s, for a minute', async (_, answer) => {
    const { found, elapsedMs, asked } = await reconcile(answer, answer);
    expect(found).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
    expect(elapsedMs).toBeGreaterThanOrEqual(60_000);
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
  ])('when %s', async (_, given, evidence) => {
    const { found } = await reconcile(...given);
    expect(found.outcome).toBe('unknown');
    if (found.outcome !== 'unknown') return;
    expect(found.evidence.join('\n')).toMatch(evidence);
    expect(found.advice).toContain('attach');
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
