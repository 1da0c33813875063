import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError, PartialRestoreError, StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import type { Mailbox, MailboxRestore } from '../../src/veeam-m365/index.ts';
import { caught, endOf, MAILBOX, page, resultOf, SESSION, scripted, serverWith, sessionBody } from './support.ts';

const RESTORE = '3e0a4b3c-6f0a-4c0a-9a52-0a6c0f9f7d11';
const OTHER = '7c1f3a52-94a4-4c0e-8f0e-000000000002';
const mailbox = { id: MAILBOX, name: 'A', email: 'a@abc.onmicrosoft.com' };
const zero = { totalItemsCount: 0, restoredItemsCount: 0, failedItemsCount: 0, skippedItemsCount: 0, items: [] };
const item = (more: object = {}) => ({
  itemRestoreDetailsType: 'BulkMailbox',
  itemType: 'ExchangeMailbox',
  id: MAILBOX,
  name: 'A',
  status: 'Success',
  createdMailboxItemsCount: 48,
  mergedMailboxItemsCount: 4,
  failedMailboxItemsCount: 0,
  skippedMailboxItemsCount: 10,
  ...more,
});
const good = {
  totalItemsCount: 62,
  restoredItemsCount: 52,
  failedItemsCount: 0,
  skippedItemsCount: 10,
  items: [item()],
};

/** A server of v8 whose restore ends as given. */
function ending(
  session: Record<string, unknown>,
  statistics: unknown,
  more: { readonly events?: readonly object[]; readonly version?: 'v6' | 'v8' } = {},
) {
  const { version = 'v8', events = [] } = more;
  const server = scripted(version, ({ method, path }) => {
    if (method === 'POST') return Response.json({ sessionId: RESTORE });
    if (path.endsWith('/Statistics'))
      return statistics instanceof Response ? statistics.clone() : Response.json(statistics);
    if (/\/Events/.test(path)) return Response.json(page(events));
    if (path.endsWith(RESTORE)) return Response.json(sessionBody({ id: RESTORE, state: 'Stopped', ...session }));
    if (path.endsWith(SESSION)) return Response.json(sessionBody());
    if (path.endsWith(MAILBOX)) return Response.json(mailbox);
    return Response.json({ message: 'Not scripted.' }, { status: 500 });
  });
  const { mailboxes } = server.veeam.attach({ id: SESSION });
  return {
    ...server,
    restore: () => endOf(mailboxes.restore(MAILBOX)),
    restoreMany: (asked: readonly Mailbox[]) => endOf(mailboxes.restoreMany(asked)),
  };
}

describe('a restore of v8', () => {
  it('runs in a session of its own, whose id is the id of the restore (VM-15)', async () => {
    const { emulator, open, restores } = serverWith('v8');
    const session = await open();

    const restore = await session.mailboxes.restore(MAILBOX);

    expect(restore.kind).toBe('veeam-m365-v8/mailbox-restore');
    expect(restore.id).not.toBe(session.id);
    expect(restore.toJSON()).toMatchObject({ path: `/v8/RestoreSessions/${restore.id}`, startedFrom: session.id });
    expect(await restore.poll()).toMatchObject({ state: 'running', message: 'Working' });
    const { result, state } = await waitForCompletion(restore);
    expect({ state, result }).toMatchObject({
      state: 'succeeded',
      result: { total: 52, restored: 45, created: 40, merged: 5, failed: 0, skipped: 7, issues: [] },
    });
    expect(result.items).toMatchObject([{ id: MAILBOX, state: 'succeeded', type: 'ExchangeMailbox' }]);
    expect(restores()).toHaveLength(1);
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
  });

  it('goes on when the session that it was started from is stopped', async () => {
    const { emulator, open } = serverWith('v8');
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);

    await session.stop({ evenWhileRestoring: true });

    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(emulator.openSessions).toEqual([]);
  });

  it('is cut by a stop of its own session, which must be forced', async () => {
    const { veeam, open } = serverWith('v8');
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);

    await expect(veeam.restoreSessions.stop(restore.id)).rejects.toMatchObject({ code: 'restore-running' });
    await veeam.restoreSessions.stop(restore.id, { evenWhileRestoring: true });

    expect(await endOf(Promise.resolve(restore))).toMatchObject({ state: 'failed' });
  });

  it.each<[string, Record<string, unknown>, object, string]>([
    ['Success, and all is restored', { result: 'Success' }, good, 'succeeded'],
    ['Success, and nothing was there', { result: 'Success' }, zero, 'succeeded'],
    [
      'Success, and some failed (VM-13)',
      { result: 'Success' },
      { ...good, failedItemsCount: 3, totalItemsCount: 65 },
      'partial',
    ],
    [
      'Success, and all failed (VM-13)',
      { result: 'Success' },
      { ...zero, failedItemsCount: 3, totalItemsCount: 3 },
      'failed',
    ],
    [
      'Success, and an item that failed',
      { result: 'Success' },
      { ...good, items: [item({ failedMailboxItemsCount: 2 })] },
      'partial',
    ],
    [
      'Success, and a child that failed',
      { result: 'Success' },
      { ...good, items: [item({ childItems: [{ itemRestoreDetailsType: 'Item', status: 'Failed' }] })] },
      'partial',
    ],
    [
      'Success, and an item that broke off',
      { result: 'Success' },
      { ...zero, items: [{ itemRestoreDetailsType: 'BulkMailbox', id: MAILBOX, cannotContinueMailboxError: 'No.' }] },
      'failed',
    ],
    ['Success, and an error of the whole', { result: 'Success' }, { ...good, errors: ['No.'] }, 'partial'],
    [
      'Success, and items that nobody accounts for',
      { result: 'Success' },
      { ...good, totalItemsCount: 100 },
      'partial',
    ],
    [
      'Success, and another mailbox only',
      { result: 'Success' },
      { ...good, items: [item({ id: OTHER, name: 'B' })] },
      'partial',
    ],
    ['Warning, and nothing failed', { result: 'Warning' }, good, 'partial'],
    ['Warning, and all failed', { result: 'Warning' }, { ...zero, failedItemsCount: 3, totalItemsCount: 3 }, 'failed'],
    ['Failed, and all is restored', { result: 'Failed' }, good, 'failed'],
    ['Failed, and nothing is', { result: 'Failed' }, zero, 'failed'],
    ['Success, counters of 0 and items that tell', { result: 'Success' }, { ...zero, items: [item()] }, 'succeeded'],
  ])('ends by result and statistics together: %s', async (_, session, statistics, state) => {
    expect((await ending(session, statistics).restore()).state).toBe(state);
  });

  it.each([['Cancelled'], [null], [undefined]])('that stopped with the result %s has no verdict', async (result) => {
    const error = await caught(ending({ result }, good).restore());

    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ reason: 'ended-without-verdict' });
  });

  it('says where the server contradicts itself', async () => {
    const status = await ending({ result: 'Success' }, { ...good, failedItemsCount: 3 }).restore();

    expect(status.warnings).toMatchObject([
      { code: 'contradictory-statistics', message: expect.stringContaining('3 items failed') },
      { code: 'contradictory-statistics', message: expect.stringContaining('More items') },
    ]);
  });

  it('of several names what the statistics leave out', async () => {
    const server = ending({ result: 'Success' }, good);

    const status = await server.restoreMany([mailbox, { id: OTHER, name: 'B' }]);

    expect(status.state).toBe('partial');
    expect(resultOf(status)).toMatchObject({ missingMailboxes: [{ id: OTHER, name: 'B' }], restored: 52 });
    expect(resultOf(status).mailboxes).toMatchObject([{ mailbox: { id: MAILBOX }, state: 'succeeded' }]);
    expect(resultOf(status).errors).toEqual([expect.stringContaining('B: ')]);
  });

  it('of several has the same end as in the emulator', async () => {
    const { veeam, emulator, open } = serverWith('v8', {
      mailboxRestore: { failedMailboxes: [1], statistics: 'fewer' },
    });
    const session = await open();
    const all = await session.mailboxes.list().toArray();

    const error = await caught(waitForCompletion(await session.mailboxes.restoreMany(all)));

    expect(error).toBeInstanceOf(PartialRestoreError);
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'partial' }]);
    expect((await veeam.restoreSessions.list().toArray()).length).toBe(2);
  });

  it('without statistics ends by its session and its events, and is not counted', async () => {
    const events = [{ id: 'e1', type: 'Restore', status: 'Failed', message: 'No access.', order: 1 }];
    const none = Response.json({ message: 'Not found.', errorCode: 'ResourceNotFound' }, { status: 404 });

    expect(await ending({ result: 'Success' }, none).restore()).toMatchObject({
      state: 'succeeded',
      warnings: [{ code: 'not-counted' }],
    });
    expect(await ending({ result: 'Success' }, none, { events }).restore()).toMatchObject({ state: 'failed' });
  });

  it('whose statistics are broken is asked for them some polls, and is then not counted', async () => {
    const { asked, restore } = ending({ result: 'Warning' }, Response.json({ message: 'No.' }, { status: 500 }));

    expect(await restore()).toMatchObject({ state: 'partial', warnings: [{ code: 'not-counted' }] });
    expect(asked.filter(({ path }) => path.endsWith('/Statistics')).length).toBeGreaterThan(2);
  });

  it('is not over for a page in the place of its statistics', async () => {
    const { veeam } = ending({ result: 'Success' }, new Response('<html></html>', { status: 200 }));
    const restore = await veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX);

    await expect(restore.poll()).rejects.toMatchObject({ code: 'unexpected-response' });
  });
});

describe('the form of the answer decides, not the version (VM-15)', () => {
  it('a v8 that answers counters is judged by them', async () => {
    const { open } = serverWith('v8', { mailboxRestore: { answer: 'counters', failedItems: 8, durationMs: 1_000 } });
    const session = await open();

    const status = await endOf(session.mailboxes.restore(MAILBOX));

    expect(status).toMatchObject({ state: 'partial', result: { failed: 8 } });
  });

  it('a v6 that answers the id of a session is judged by that session', async () => {
    const { restore, asked } = ending({ result: 'Warning' }, good, { version: 'v6' });

    expect(await restore()).toMatchObject({ state: 'partial', warnings: [{ code: 'not-counted' }] });
    expect(asked.filter(({ path }) => path === `/v6/RestoreSessions/${RESTORE}`)).not.toEqual([]);
    expect(asked.filter(({ path }) => path.endsWith('/Statistics'))).toEqual([]);
  });
});

describe('the handle of a restore of v8', () => {
  it('is resumed by another process, and judged by the same statistics', async () => {
    const { veeam, open } = serverWith('v8', 'some-items-fail');
    const session = await open();
    const saved = JSON.parse(JSON.stringify(await session.mailboxes.restore(MAILBOX)));

    expect(await endOf(Promise.resolve(veeam.resume(saved) as MailboxRestore))).toMatchObject({
      state: 'partial',
      result: { failed: 8 },
    });
  });

  it('is not needed: the id of its session is enough', async () => {
    const { veeam, open } = serverWith('v8', 'some-items-fail');
    const session = await open();
    const { id } = await session.mailboxes.restore(MAILBOX);

    const restore = veeam.attach({ id, kind: 'mailbox-restore' });
    expect(await endOf(Promise.resolve(restore))).toMatchObject({ state: 'partial', result: { failed: 8 } });
    const asSession = veeam.attach({ id });
    expect(await asSession.poll()).toMatchObject({ state: 'partial' });
  });

  it('is refused by a client of an older version, which has no statistics', async () => {
    const { open } = serverWith('v8');
    const saved = JSON.parse(JSON.stringify(await (await open()).mailboxes.restore(MAILBOX)));

    expect(() => serverWith('v7').veeam.resume(saved)).toThrow(/kind/);
    expect(() => serverWith('v7').veeam.attach({ id: saved.id, kind: 'mailbox-restore' })).toThrow(/since v8/);
  });
});

describe('a restore of v8 whose answer was lost', () => {
  it('is found among the sessions since the start, and not sent again (VM-12)', async () => {
    const { open, restores } = serverWith('v8', 'connection-dies-during-a-restore');
    const session = await open();
    const error = await caught(session.mailboxes.restore(MAILBOX));
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;

    const told = await error.reconcile();

    if (told.outcome !== 'started') throw new Error(told.outcome);
    const restore = told.operation as MailboxRestore;
    expect(restore.id).not.toBe(session.id);
    expect((await waitForCompletion(restore)).result).toMatchObject({ restored: 45 });
    expect(restores()).toHaveLength(1);
  });

  it('is not found where another session fits as well, and the evidence names both', async () => {
    const clock = virtualClock();
    const at = new Date(clock.now()).toISOString();
    const others = ['e1f00000-0000-4000-8000-000000000001', 'e1f00000-0000-4000-8000-000000000002'];
    const event = {
      id: 'e1',
      type: 'Restore',
      status: 'Running',
      title: 'Restoring',
      itemName: 'A',
      startTime: at,
      order: 1,
    };
    const { veeam } = scripted(
      'v8',
      ({ method, path }) => {
        if (method === 'POST') throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
        const headers = { date: new Date(clock.now()).toUTCString() };
        if (/RestoreSessions\?/.test(path)) {
          return Response.json(page(others.map((id) => sessionBody({ id, creationTime: at }))), { headers });
        }
        if (path.includes(`${SESSION}/Events`)) return Response.json(page([]), { headers });
        if (/\/Events/.test(path)) return Response.json(page([event]), { headers });
        if (path.endsWith(MAILBOX)) return Response.json(mailbox, { headers });
        return Response.json(sessionBody(), { headers });
      },
      clock,
    );
    const error = await caught(veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX));
    if (!StartOutcomeUnknownError.isInstance(error)) throw error;

    const told = await error.reconcile();

    if (told.outcome !== 'unknown') throw new Error(told.outcome);
    for (const id of others) expect(told.evidence.join()).toContain(id);
  });
});
