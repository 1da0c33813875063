import { describe, expect, it } from 'vitest';
import type { ClientEvent } from '../../src/client/client-options.ts';
import { RestoreRunningError, StartOutcomeUnknownError, WaitTimeoutError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import type { MailboxRestore } from '../../src/veeam-m365/index.ts';
import {
  BLOCKING,
  caught,
  MAILBOX,
  oneSession,
  page,
  SESSION,
  scripted,
  serverWith,
  sessionBody,
  VERSIONS,
} from './support.ts';

const restore = { id: 'e1', type: 'Restore', title: 'Restoring A', startTime: '2022-01-21T22:55:00Z' };

/** A session whose stop works, with these events. */
function withEvents(...events: readonly object[]) {
  let isStopped = false;
  return scripted(
    'v6',
    oneSession({
      session: () => sessionBody({ state: isStopped ? 'Stopped' : 'Working' }),
      events,
      other: () => {
        isStopped = true;
        return new Response(null, { status: 200 });
      },
    }),
  );
}

describe.each(VERSIONS)('%s: while a restore runs in the session', (version) => {
  it('a stop is refused, and sends nothing', async () => {
    const { emulator, open, stops } = serverWith(version);
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);

    const error = await caught(session.stop());

    expect(error).toBeInstanceOf(RestoreRunningError);
    const told = BLOCKING.includes(version) ? 'Running' : `in session ${restore.id}`;
    expect(error).toMatchObject({ sessionId: session.id, running: [expect.stringContaining(told)] });
    expect(stops()).toEqual([]);
    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    await session.stop();
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
  });

  it('a stop by its id is refused, too, and a forced one goes through', async () => {
    const { veeam, emulator, open, stops } = serverWith(version);
    const session = await open();
    await session.mailboxes.restore(MAILBOX);

    await expect(veeam.restoreSessions.stop(session.id)).rejects.toThrow(RestoreRunningError);
    await expect(veeam.attach({ id: session.id }).stop()).rejects.toThrow(RestoreRunningError);
    expect(stops()).toEqual([]);
    expect((await veeam.restoreSessions.stop(session.id, { evenWhileRestoring: true })).state).toBe('Stopped');
    expect(emulator.openSessions).toEqual([]);
  });

  it('await using leaves the session open, and reports it by an event', async () => {
    const told: ClientEvent[] = [];
    const { emulator, open } = serverWith(version, undefined, { onEvent: (event) => told.push(event) });
    const restore = await (async () => {
      await using session = await open();
      return session.mailboxes.restore(MAILBOX);
    })();

    expect(emulator.openSessions).toHaveLength(1);
    expect(told.filter(({ type }) => type === 'left-open')).toMatchObject([{ error: { code: 'restore-running' } }]);
    expect(await waitForCompletion(restore)).toMatchObject({ state: 'succeeded' });
  });
});

describe.each(BLOCKING)('%s: a restore of an hour whose connection broke after six minutes', (version) => {
  const scenario = 'connection-dies-in-an-hour-long-restore';
  const sixMinutes = { timeoutMs: 6 * 60_000 };

  it('is not cut off by a stop in a finally', async () => {
    const { emulator, open, stops } = serverWith(version, scenario);
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);

    const error = await caught(
      (async () => {
        try {
          await waitForCompletion(restore, sixMinutes);
        } finally {
          await session.stop();
        }
      })(),
    );

    expect(error).toBeInstanceOf(RestoreRunningError);
    expect(stops()).toEqual([]);
    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
    expect((await session.stop()).state).toBe('Stopped');
  });

  it('is not cut off by await using', async () => {
    const { emulator, open, stops } = serverWith(version, scenario);
    let restore: MailboxRestore | undefined;

    const error = await caught(
      (async () => {
        await using session = await open();
        restore = await session.mailboxes.restore(MAILBOX);
        await waitForCompletion(restore, sixMinutes);
      })(),
    );

    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(stops()).toEqual([]);
    if (restore) expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(emulator.mailboxRestores).toMatchObject([{ truth: 'succeeded' }]);
  });

  it('is cut off by a forced stop, and has failed', async () => {
    const { clock, open } = serverWith(version, scenario);
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);
    await clock.sleep(10 * 60_000);

    await session.stop({ evenWhileRestoring: true });

    await expect(waitForCompletion(restore)).rejects.toMatchObject({ name: 'OperationFailedError' });
  });
});

describe('a restore of this client that has no event', () => {
  it.each([
    ['in flight', () => new Promise<never>(() => undefined)],
    [
      'lost',
      () => {
        throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      },
    ],
  ])('and is %s holds a stop back', async (_, answer) => {
    const { veeam, asked } = scripted(
      'v6',
      oneSession({
        session: () => sessionBody(),
        events: [],
        other: ({ path }) => (/restore$/.test(path) ? answer() : Response.json({}, { status: 404 })),
      }),
    );
    const session = veeam.attach({ id: SESSION });
    await session.mailboxes.restore(MAILBOX).catch(() => undefined);

    await expect(session.stop()).rejects.toMatchObject({
      name: 'RestoreRunningError',
      running: [expect.stringContaining(MAILBOX)],
    });
    expect(asked.filter(({ path }) => /stop$/i.test(path))).toEqual([]);
  });

  it('and is about to be sent holds a stop back', async () => {
    const { emulator, open, stops } = serverWith('v6');
    const session = await open();
    const starting = session.mailboxes.restore(MAILBOX);

    await expect(session.stop()).rejects.toThrow(RestoreRunningError);
    expect(stops()).toEqual([]);
    expect((await waitForCompletion(await starting)).state).toBe('succeeded');
    expect(emulator.openSessions).toHaveLength(1);
  });

  it('and was refused holds no stop back', async () => {
    const { open } = serverWith('v6', 'secrets-echoed');
    const session = await open();
    await caught(session.mailboxes.restore(MAILBOX));

    expect((await session.stop()).state).toBe('Stopped');
  });
});

it.each<[string, readonly object[], boolean]>([
  ['one that runs', [{ ...restore, status: 'Running' }], true],
  ['one that runs, with an end that is made up', [{ ...restore, status: 'Running', endTime: restore.startTime }], true],
  ['a new word without an end', [{ ...restore, status: 'Verifying', endTime: null }], true],
  ['one that has failed', [{ ...restore, status: 'Failed', endTime: '2022-01-21T22:56:00Z' }], false],
  ['one that has ended, and tells no time', [{ ...restore, status: 'Success' }], false],
  ['a view that runs', [{ ...restore, type: 'View', status: 'Running' }], false],
])('the event of %s decides a stop', async (_, events, isRefused) => {
  const { veeam, asked } = withEvents(...events);
  const stop = veeam.attach({ id: SESSION }).stop();

  if (isRefused) await expect(stop).rejects.toThrow(RestoreRunningError);
  else await stop;

  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(isRefused ? 0 : 1);
});

it('nothing is stopped while the events cannot be read', async () => {
  const { veeam, asked } = scripted('v6', oneSession({ session: () => sessionBody() }));

  await expect(veeam.attach({ id: SESSION }).stop()).rejects.toThrow('Not scripted.');
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([]);
});

describe('a session that says Success at its end', () => {
  const ended = (status: string, id = 'e1') => ({
    ...restore,
    id,
    status,
    message: `${id} ${status}`,
    endTime: restore.startTime,
  });
  it.each<[string, readonly object[], string]>([
    ['a failed restore', [ended('Failed')], 'failed'],
    ['a failed and a good one', [ended('Failed'), ended('Success', 'e2')], 'partial'],
    ['nothing but failed ones', [ended('Failed'), ended('Cancelled', 'e2')], 'failed'],
    ['a Warning, which may stand for failed items', [ended('Warning')], 'partial'],
    ['good ones', [ended('Success'), ended('Success', 'e2')], 'succeeded'],
    ['a failed export', [{ ...ended('Failed'), type: 'Export' }], 'succeeded'],
  ])('and has events of %s has the same state in another process', async (_, events, state) => {
    const clock = virtualClock();
    const { veeam } = scripted(
      'v6',
      oneSession({ session: () => sessionBody({ state: 'Stopped' }), other: () => Response.json(page(events)) }),
      clock,
    );

    expect((await veeam.attach({ id: SESSION }).poll()).state).toBe(state);
  });
});

it('the reconciliation of a lost restore finds its event, and that it has failed', async () => {
  const clock = virtualClock();
  const at = new Date(clock.now()).toISOString();
  const { veeam } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody(),
      events: [{ ...restore, status: 'Failed', startTime: at, endTime: at }],
      other: () => {
        throw new TypeError('fetch failed', { cause: { code: 'ECONNRESET' } });
      },
    }),
    clock,
  );
  const error = await caught(veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX));
  if (!StartOutcomeUnknownError.isInstance(error)) throw error;

  const told = await error.reconcile();
  if (told.outcome !== 'started') throw new Error(told.outcome);
  expect(await (told.operation as MailboxRestore).poll()).toMatchObject({ state: 'failed' });
});
