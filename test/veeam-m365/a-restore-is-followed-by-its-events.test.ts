import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { HandleError, OutcomeUnknownError } from '../../src/errors/index.ts';
import { type OperationHandle, waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import type { MailboxRestore } from '../../src/veeam-m365/index.ts';
import {
  BLOCKING,
  caught,
  endOf,
  MAILBOX,
  oneSession,
  page,
  resultOf,
  SESSION,
  scripted,
  serverWith,
  sessionBody,
} from './support.ts';

const MINUTE_MS = 60_000;
const OTHER = MAILBOX.replace(/1$/, '2');
const START = Date.UTC(2026, 0, 1);

const at = (ms: number) => new Date(START + ms).toISOString();

/** An event of the restore of User 1, which began with its request and has ended a minute later. */
const event = (more: Record<string, unknown> = {}) => ({
  id: 'e1',
  type: 'Restore',
  status: 'Success',
  message: 'Mailbox User 1 restored',
  startTime: at(0),
  endTime: at(MINUTE_MS),
  itemName: 'User 1',
  target: 'user1@abc.onmicrosoft.com',
  ...more,
});

const handle = (more: Record<string, unknown> = {}): OperationHandle => ({
  v: 1,
  kind: 'veeam-m365-v6/mailbox-restore',
  id: 'made-by-the-client',
  baseUrl: 'https://vb365.example.com:4443',
  startedAt: at(0),
  sessionId: SESSION,
  mailboxes: [{ id: MAILBOX, name: 'User 1', email: 'user1@abc.onmicrosoft.com' }],
  serverStartedAt: at(0),
  ...more,
});

/** A restore that another process has started, and a session with these events. */
function resumed(events: readonly unknown[], of: { handle?: OperationHandle; state?: string } = {}) {
  const clock = virtualClock();
  const session = () => sessionBody({ state: of.state ?? 'Working', endTime: at(0) });
  const { veeam, asked } = scripted('v6', oneSession({ session, events }), clock);
  return { restore: veeam.resume(of.handle ?? handle()) as MailboxRestore, asked };
}

describe('a restore that another process has started', () => {
  it.each([
    ['Success', 'succeeded'],
    ['Warning', 'partial'],
    ['Failed', 'failed'],
    ['Cancelled', 'failed'],
  ])('ends as its event has ended: %s is %s', async (status, state) => {
    const { restore } = resumed([event({ status })]);

    expect((await restore.poll()).state).toBe(state);
  });

  it.each<[string, readonly unknown[]]>([
    ['no event', []],
    ['an event that runs', [event({ status: 'Running', endTime: null })]],
    ['an event that says Success and has no end', [event({ endTime: null })]],
    ['an event of another mailbox', [event({ status: 'Failed', itemName: 'User 2' })]],
    ['an event that goes to another mailbox', [event({ status: 'Failed', target: 'user2@abc.onmicrosoft.com' })]],
    ['an event of before its start', [event({ status: 'Failed', startTime: at(-10_000) })]],
    ['an event that began long after its start', [event({ status: 'Failed', startTime: at(30 * MINUTE_MS) })]],
    ['an event of an export', [event({ status: 'Failed', type: 'Export' })]],
  ])('runs while the session works, with %s', async (_, events) => {
    const { restore } = resumed(events);

    expect(await restore.poll()).toMatchObject({ state: 'running', pollAfterMs: expect.any(Number) });
  });

  it.each<[string, readonly unknown[]]>([
    ['no event', []],
    ['an event that says Running for good', [event({ status: 'Running', endTime: null })]],
    ['an event of another mailbox', [event({ itemName: 'User 2' })]],
    ['an event that ended in a word that nobody documents', [event({ status: 'Skipped' })]],
  ])('has ended without a verdict when the session has stopped, with %s', async (_, events) => {
    const { restore } = resumed(events, { state: 'Stopped' });

    expect(await caught(restore.poll())).toMatchObject({
      name: 'OutcomeUnknownError',
      reason: 'ended-without-verdict',
      started: 'yes',
      handle: { id: 'made-by-the-client' },
    });
  });

  it('ends by its event when the session has stopped, whether or not the event has an end time', async () => {
    const { restore } = resumed([event({ status: 'Failed', endTime: null })], { state: 'Stopped' });

    expect((await restore.poll()).state).toBe('failed');
  });

  it('is not known when two events could be its own', async () => {
    const { restore } = resumed([event(), event({ id: 'e2', status: 'Failed', startTime: at(20_000) })]);

    const error = await caught(waitForCompletion(restore));

    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ reason: 'ended-without-verdict' });
    expect(String(error)).toContain('Failed');
  });

  it('goes on while one of two events that could be its own has no end', async () => {
    const { restore } = resumed([event(), event({ id: 'e2', status: 'Running', endTime: null })]);

    expect((await restore.poll()).state).toBe('running');
  });

  it('is found by time alone where the name of its mailbox is not known', async () => {
    const unnamed = handle({ mailboxes: [{ id: MAILBOX }] });

    expect((await resumed([event()], { handle: unnamed }).restore.poll()).state).toBe('succeeded');
    expect(
      await caught(resumed([event(), event({ id: 'e2', itemName: 'User 2' })], { handle: unnamed }).restore.poll()),
    ).toBeInstanceOf(OutcomeUnknownError);
  });

  it('to another mailbox is found by that address', async () => {
    const to = handle({ to: 'leaver@abc.onmicrosoft.com' });

    expect((await resumed([event()], { handle: to }).restore.poll()).state).toBe('running');
    const { restore } = resumed([event({ target: 'Leaver@abc.onmicrosoft.com' })], { handle: to });
    expect((await restore.poll()).state).toBe('succeeded');
  });

  it('that cannot be seen has not ended', async () => {
    const { restore } = resumed([], { handle: handle({ sessionId: 'another-session' }) });

    await expect(restore.poll()).rejects.toThrow('another session');
  });

  it.each([
    ['/v6/restoresessions/another-session/events?offset=0', 'rejected'],
    [`/v6/RestoreSessions/${SESSION.toUpperCase()}/events?offset=0`, 'failed'],
    ['https://internal:4443/v5/x', 'failed'],
  ])('is not ended by the events of another session, by their link %s', async (href, expected) => {
    const clock = virtualClock();
    const { veeam } = scripted(
      'v6',
      ({ path }) =>
        /\/events/i.test(path)
          ? Response.json(page([event({ status: 'Failed' })], { _links: { self: { href } } }))
          : Response.json(sessionBody()),
      clock,
    );

    const polled = veeam.resume(handle()).poll();

    expect(
      await polled.then(
        ({ state }) => state as string,
        () => 'rejected',
      ),
    ).toBe(expected);
  });

  it.each([
    ['without a mailbox', { mailboxes: [] }],
    ['without a session', { sessionId: undefined }],
    ['with a session that leads elsewhere', { sessionId: '..' }],
    ['with a time that is none', { serverStartedAt: 'yesterday' }],
  ])('%s in its handle is refused before anything is sent', (_, more) => {
    expect(() => resumed([], { handle: handle(more) })).toThrow(HandleError);
  });
});

describe('a restore of several mailboxes that another process has started', () => {
  const several = handle({
    isBulk: true,
    mailboxes: [
      { id: MAILBOX, name: 'User 1' },
      { id: OTHER, name: 'User 2' },
    ],
  });
  const second = (more: Record<string, unknown> = {}) =>
    event({ id: 'e2', itemName: 'User 2', target: 'user2@abc.onmicrosoft.com', ...more });

  it.each<[string, readonly unknown[], string]>([
    ['all have succeeded', [event(), second()], 'succeeded'],
    ['one has failed', [event(), second({ status: 'Failed' })], 'partial'],
    ['all have failed', [event({ status: 'Failed' }), second({ status: 'Failed' })], 'failed'],
    ['one has no event yet', [event()], 'running'],
    ['one has no end yet', [event(), second({ status: 'Running', endTime: null })], 'running'],
  ])('%s', async (_, events, state) => {
    expect((await resumed(events, { handle: several }).restore.poll()).state).toBe(state);
  });

  it('names the mailbox that no event of a stopped session names', async () => {
    const status = await resumed([event()], { handle: several, state: 'Stopped' }).restore.poll();

    expect(status.state).toBe('partial');
    expect(resultOf(status)).toMatchObject({
      missingMailboxes: [{ id: OTHER, name: 'User 2' }],
      mailboxes: [{ mailbox: { id: MAILBOX }, state: 'succeeded' }],
    });
  });

  it('is not known where events name no mailbox', async () => {
    const events = [event({ itemName: undefined, target: undefined }), event({ id: 'e2', itemName: '', target: null })];

    expect(await caught(resumed(events, { handle: several }).restore.poll())).toBeInstanceOf(OutcomeUnknownError);
  });
});

describe.each(BLOCKING)('%s: the handle of a restore', (version) => {
  it('holds what its events are found by, and no secret', async () => {
    const { emulator, open, veeam } = serverWith(version);
    const session = await open();

    const restore = await session.mailboxes.restore(MAILBOX, {
      to: { mailbox: 'user2@abc.onmicrosoft.com' },
      userName: 'admin',
      userPassword: 'hunter2-hunter2',
      note: 'T-1',
    });

    const saved = JSON.parse(JSON.stringify(restore));
    expect(saved).toEqual({
      v: 1,
      kind: `veeam-m365-${version}/mailbox-restore`,
      id: expect.any(String),
      baseUrl: veeam.baseUrl,
      path: `/${version}/RestoreSessions/${session.id}/Events`,
      startedAt: restore.startedAt.toISOString(),
      note: 'T-1',
      sessionId: session.id,
      mailboxes: [{ id: MAILBOX, name: emulator.mailboxes[0]?.name, email: emulator.mailboxes[0]?.email }],
      to: 'user2@abc.onmicrosoft.com',
      serverStartedAt: restore.startedAt.toISOString(),
      dateTime: session.dateTime?.toISOString(),
    });
  });

  it.each(['session-until-stopped', 'server-clock-ahead', 'server-clock-behind'] as const)(
    'is followed to its end by another process: %s',
    async (scenario) => {
      const { emulator, open, veeam } = serverWith(version, scenario);
      const session = await open();
      // An earlier restore of the same mailbox, which its own must be told from.
      await endOf(session.mailboxes.restore(MAILBOX));
      const restore = await session.mailboxes.restore(MAILBOX);

      const done = await waitForCompletion(resume(JSON.stringify(restore), [veeam]));

      expect(done).toMatchObject({ state: 'succeeded', result: { requestedDateTime: session.dateTime } });
      expect(emulator.mailboxRestores).toHaveLength(2);
    },
  );

  it('says that a restore has failed, although its answer was 200', async () => {
    const { open, veeam } = serverWith(version, 'failure-in-a-200');
    const session = await open();
    const restore = await session.mailboxes.restore(MAILBOX);

    await expect(waitForCompletion(resume(JSON.stringify(restore), [veeam]))).rejects.toMatchObject({
      name: 'OperationFailedError',
      state: 'failed',
    });
  });

  it('of several is partial where one failed and one was restored', async () => {
    const { open, veeam } = serverWith(version, 'bulk-warning');
    const session = await open();
    const restore = await session.mailboxes.restoreMany(await session.mailboxes.list().toArray());

    await expect(waitForCompletion(resume(JSON.stringify(restore), [veeam]))).rejects.toMatchObject({
      name: 'PartialRestoreError',
      result: { mailboxes: [{ state: 'succeeded' }, { state: 'failed' }, { state: 'succeeded' }] },
    });
  });
});
