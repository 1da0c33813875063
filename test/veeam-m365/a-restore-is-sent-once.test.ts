import { describe, expect, it } from 'vitest';
import {
  OperationFailedError,
  OutcomeUnknownError,
  PartialRestoreError,
  StartOutcomeUnknownError,
  ValidationError,
} from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import {
  type Mailbox,
  type MailboxRestore,
  type VeeamM365V5Client,
  type VeeamM365V6Client,
  veeamPassword,
} from '../../src/veeam-m365/index.ts';
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

const HOUR_MS = 3_600_000;

describe.each(BLOCKING)('%s: the restore of a mailbox', (version) => {
  it.each([
    ['blocks-for-four-hours', 4 * HOUR_MS],
    ['restore-of-a-day', 26 * HOUR_MS],
  ] as const)('is waited for as long as it takes: %s (VM-11)', async (scenario, atLeast) => {
    const { clock, open, restores } = serverWith(version, scenario);
    const session = await open();
    const from = clock.now();

    const done = await waitForCompletion(await session.mailboxes.restore(MAILBOX));

    expect(done).toMatchObject({ state: 'succeeded', result: { created: 40, merged: 5 } });
    expect(clock.now() - from).toBeGreaterThanOrEqual(atLeast);
    expect(restores()).toHaveLength(1);
  });

  it('is there when nothing has refused it for 5 s, and polls the request in flight, which costs no request', async () => {
    const { clock, emulator, open } = serverWith(version);
    const session = await open();
    const from = clock.now();

    const restore = await session.mailboxes.restore(MAILBOX);
    expect(clock.now() - from).toBe(5_000);
    const sent = emulator.requests.length;
    expect(await restore.poll()).toMatchObject({ state: 'running', pollAfterMs: expect.any(Number) });
    await clock.sleep(60_000);

    expect(await restore.poll()).toMatchObject({ state: 'succeeded', result: { created: 40, merged: 5 } });
    expect(emulator.requests).toHaveLength(sent);
  });

  it('that is over within 5 s is there at once', async () => {
    const { clock, open } = serverWith(version, { mailboxRestore: { durationMs: 2_000 } });
    const session = await open();
    const from = clock.now();

    const restore = await session.mailboxes.restore(MAILBOX);

    expect(clock.now() - from).toBe(2_000);
    expect(await restore.poll()).toMatchObject({ state: 'succeeded' });
  });

  it('whose connection is lost is never repeated, and goes on by the events of the session (VM-12)', async () => {
    const { emulator, open, restores } = serverWith(version, 'connection-dies-in-an-hour-long-restore');
    const session = await open();

    const done = await waitForCompletion(await session.mailboxes.restore(MAILBOX));

    expect(done.warnings.map(({ code }) => code)).toEqual(['not-counted']);
    expect(done.result).not.toHaveProperty('created');
    expect(done.elapsedMs).toBeGreaterThan(HOUR_MS);
    expect(restores()).toHaveLength(1);
    expect(emulator.mailboxRestores).toHaveLength(1);
  });

  it('whose connection is lost before the operation is there is looked for in the events', async () => {
    const { open, restores } = serverWith(version, { faults: { loseRestoreAnswer: { afterMs: 1_000 } } });
    const session = await open();

    const error = await caught(session.mailboxes.restore(MAILBOX, { note: 'T-9' }));

    if (!StartOutcomeUnknownError.isInstance(error)) throw error;
    expect(String(error)).toContain('T-9');
    const told = await error.reconcile();
    if (told.outcome !== 'started') throw new Error(told.outcome);
    const restore = told.operation as MailboxRestore;
    expect(restore.note).toBe('T-9');
    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(restores()).toHaveLength(1);
  });

  it('that the server answers with a page goes on by the events', async () => {
    const { open, restores } = serverWith(version, 'page-instead-of-counters');
    const session = await open();

    expect((await endOf(session.mailboxes.restore(MAILBOX))).state).toBe('succeeded');
    expect(restores()).toHaveLength(1);
  });

  it('that ends with its session has failed by its event', async () => {
    const { open } = serverWith(version, 'ends-during-a-restore');
    const session = await open();

    expect(await endOf(session.mailboxes.restore(MAILBOX))).toMatchObject({
      state: 'failed',
      failure: { message: expect.stringContaining('Failed') },
    });
  });

  it('may have a timeout, after which the events decide its end', async () => {
    const { clock, open, restores } = serverWith(version, 'blocks-for-four-hours');
    const session = await open();
    const from = clock.now();

    const restore = await session.mailboxes.restore(MAILBOX, { requestTimeoutMs: HOUR_MS });
    await clock.sleep(HOUR_MS);

    expect(await restore.poll()).toMatchObject({ state: 'running', steps: [{ state: 'Running' }] });
    expect((await waitForCompletion(restore)).state).toBe('succeeded');
    expect(clock.now() - from).toBeGreaterThanOrEqual(4 * HOUR_MS);
    expect(restores()).toHaveLength(1);
  });

  it('that the caller leaves before the operation is there is not known to have started', async () => {
    const { clock, open } = serverWith(version, 'blocks-for-four-hours');
    const session = await open();
    const control = new AbortController();
    clock.sleep(3_000).then(() => control.abort(new Error('enough')));

    expect(await caught(session.mailboxes.restore(MAILBOX, { signal: control.signal }))).toBeInstanceOf(
      StartOutcomeUnknownError,
    );
  });

  it('is not cut by the signal of the call once the operation is there', async () => {
    const { open } = serverWith(version);
    const session = await open();
    const control = new AbortController();

    const restore = await session.mailboxes.restore(MAILBOX, { signal: control.signal });
    control.abort(new Error('enough'));
    const done = await waitForCompletion(restore);

    expect(done.warnings).toEqual([]);
    expect(done.result.created).toBe(40);
  });

  it('follows a 401 that came back, which was not carried out, with one more try', async () => {
    const { emulator, open, restores } = serverWith(version, { token: { uses: 8 } });
    const session = await open();

    // Two reads about the backups, list, start, four reads: the restore is the first call that the token is no longer good for.
    await session.poll();
    expect((await endOf(session.mailboxes.restore(MAILBOX))).state).toBe('succeeded');

    expect(restores().map(({ operationId }) => operationId)).toEqual(['restoreMailbox', 'restoreMailbox']);
    expect(emulator.mailboxRestores).toHaveLength(1);
  });

  it('that is refused makes the call throw', async () => {
    const { open } = serverWith(version, 'secrets-echoed');
    const session = await open();

    await expect(session.mailboxes.restore(MAILBOX)).rejects.toThrow(ValidationError);
  });

  it.each([
    ['some-items-fail', 'partial', PartialRestoreError],
    ['failure-in-a-200', 'failed', OperationFailedError],
    ['cannot-continue', 'failed', OperationFailedError],
    ['connection-dies-and-the-restore-fails', 'failed', OperationFailedError],
  ] as const)('that does not succeed is thrown by the wait: %s is %s', async (scenario, state, type) => {
    const { emulator, open } = serverWith(version, scenario);
    const session = await open();

    const restore = await session.mailboxes.restore(MAILBOX);

    await expect(waitForCompletion(restore)).rejects.toBeInstanceOf(type);
    expect((await restore.poll()).state).toBe(state);
    expect(emulator.mailboxRestores[0]?.truth).toBe(state);
  });

  it.each(['restored-with-warnings', 'counters-absent-where-zero'] as const)('%s has succeeded', async (scenario) => {
    const { open } = serverWith(version, scenario);
    const session = await open();

    expect((await waitForCompletion(await session.mailboxes.restore(MAILBOX))).state).toBe('succeeded');
  });

  it('restores several in one call', async () => {
    const { emulator, open, restores } = serverWith(version, 'bulk-warning');
    const session = await open();
    const mailboxes = await session.mailboxes.list().toArray();

    const status = await endOf(session.mailboxes.restoreMany(mailboxes));

    expect(status.state).toBe('partial');
    expect(resultOf(status).mailboxes?.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(emulator.mailboxRestores[0]?.truth).toBe('partial');
    expect(restores()).toHaveLength(1);
  });

  it.each(['bulk-answer-empty', 'bulk-answer-without-details', 'bulk-answer-running'] as const)(
    'of several that is answered by nothing that tells an end is not known: %s',
    async (scenario) => {
      const { open, restores } = serverWith(version, scenario);
      const session = await open();
      const mailboxes = await session.mailboxes.list().toArray();

      const error = await caught(endOf(session.mailboxes.restoreMany(mailboxes)));

      expect(error).toBeInstanceOf(OutcomeUnknownError);
      expect(error).toMatchObject({ reason: 'ended-without-verdict', started: 'yes' });
      expect(restores()).toHaveLength(1);
    },
  );

  it('of several whose answer lists fewer is partial, and names the missing one', async () => {
    const { open } = serverWith(version, 'fewer-details-than-asked-for');
    const session = await open();
    const mailboxes = await session.mailboxes.list().toArray();

    const status = await endOf(session.mailboxes.restoreMany(mailboxes, { skipUnresolved: true }));

    expect(status.state).toBe('partial');
    expect(resultOf(status).missingMailboxes).toMatchObject([{ id: mailboxes[1]?.id }]);
  });
});

it('a login that is refused is thrown by the call, and tried once, since more could lock the account', async () => {
  const { veeam, asked } = scripted(
    'v6',
    () => Response.json({ message: 'Wrong user name or password.' }, { status: 400 }),
    virtualClock(),
    veeamPassword({ username: 'DOMAIN\\administrator', password: 'wrong' }),
  );

  const error = await caught(veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX));

  expect(error).toMatchObject({ name: 'AuthenticationError', started: 'no' });
  expect(asked.map(({ path }) => path)).toEqual(['/v6/token']);
});

it('a restore whose connection dies without notice ends by its event', async () => {
  const clock = virtualClock();
  const began = clock.now();
  const at = (ms: number) => new Date(began + ms).toISOString();
  const event = () => {
    const hasEnded = clock.now() - began > 20 * 60_000;
    const end = { status: hasEnded ? 'Success' : 'Running', endTime: hasEnded ? at(20 * 60_000) : null };
    return { id: 'e1', type: 'Restore', startTime: at(0), ...end };
  };
  const { veeam, asked } = scripted(
    'v6',
    ({ method, path }) => {
      if (method === 'POST') return new Promise<never>(() => undefined);
      if (/\/events/i.test(path)) return Response.json(page([event()]));
      return Response.json(sessionBody());
    },
    clock,
  );
  const restore = await veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX);

  const done = await waitForCompletion(restore);

  expect(done).toMatchObject({ state: 'succeeded', warnings: [{ code: 'not-counted' }] });
  expect(done.elapsedMs).toBeLessThan(25 * 60_000);
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
});

it('a restore that is unanswered runs on although nothing else can be seen', async () => {
  const clock = virtualClock();
  const { veeam } = scripted(
    'v6',
    async ({ method }) => {
      if (method !== 'POST') return new Response('down', { status: 503 });
      await clock.sleep(4 * HOUR_MS);
      return Response.json({ createdItemsCount: 7 });
    },
    clock,
  );
  const restore = await veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX);

  const done = await waitForCompletion(restore);

  expect(done).toMatchObject({ state: 'succeeded', unreachableMs: 0, result: { created: 7 } });
});

it('a refusal that comes late is a failure: the API has said that it was not carried out', async () => {
  const clock = virtualClock();
  const { veeam } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody(),
      other: async ({ method }) => {
        if (method !== 'POST') return Response.json({ message: 'No.' }, { status: 404 });
        await clock.sleep(20_000);
        return Response.json({ message: 'The mailbox is not licensed.' }, { status: 400 });
      },
    }),
    clock,
  );

  const restore = await veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX);

  await expect(waitForCompletion(restore)).rejects.toMatchObject({
    name: 'OperationFailedError',
    message: expect.stringContaining('not licensed'),
  });
});

it.each([
  ['a connection that is refused', 'ECONNREFUSED'],
  ['a name that is not found', 'ENOTFOUND'],
])('%s is thrown by the call, and nothing was started', async (_, code) => {
  const cause = Object.assign(new Error(code), { code });
  const { veeam } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody(),
      other: ({ method }) => {
        if (method === 'POST') throw new TypeError('fetch failed', { cause });
        return Response.json({ message: 'No.' }, { status: 404 });
      },
    }),
  );

  const error = await caught(veeam.attach({ id: SESSION }).mailboxes.restore(MAILBOX));

  expect(error).toMatchObject({ name: 'ConnectionError', started: 'no' });
});

describe('the body of a restore', () => {
  const some: readonly Mailbox[] = [{ id: MAILBOX, name: 'A', email: 'a@abc.onmicrosoft.com' }];
  const bodyOf = async (
    version: 'v5' | 'v6',
    restore: (mailboxes: ReturnType<typeof sessionOf>) => Promise<unknown>,
  ) => {
    const { veeam, asked } = scripted(
      version,
      oneSession({
        session: () => sessionBody(),
        other: () =>
          Response.json({
            status: 'Success',
            details: [{ mailbox: some[0], status: 'Success' }],
            createdItemsCount: 1,
          }),
      }),
    );
    await restore(sessionOf(veeam));
    const { path, body } = asked.find(({ method }) => method === 'POST') ?? {};
    return { path: path?.replace(/^.*\/mailboxes/i, ''), body };
  };
  const sessionOf = (veeam: VeeamM365V5Client | VeeamM365V6Client) => veeam.attach({ id: SESSION }).mailboxes;

  it('to where it came from names the action in v5 (VM-5)', async () => {
    const login = { userName: 'admin', userPassword: () => Promise.resolve('pa55word') };
    const wire = { userName: 'admin', userPassword: 'pa55word' };

    expect(await bodyOf('v5', (mailboxes) => mailboxes.restore(MAILBOX, login))).toEqual({
      path: `/${MAILBOX}/action`,
      body: { restoretoOriginallocation: wire },
    });
    expect(await bodyOf('v6', (mailboxes) => mailboxes.restore(MAILBOX, login))).toEqual({
      path: `/${MAILBOX}/restore`,
      body: wire,
    });
  });

  it('to another mailbox chooses the items', async () => {
    const to = { mailbox: 'b@abc.onmicrosoft.com', folder: 'Back', deletedItems: true, changedItems: false };

    expect(await bodyOf('v5', (mailboxes) => mailboxes.restore(MAILBOX, { to, userCode: 'ABCD-EFGH' }))).toEqual({
      path: `/${MAILBOX}/action`,
      body: { restoreTo: { ...to, userCode: 'ABCD-EFGH' } },
    });
    expect(await bodyOf('v6', (mailboxes) => mailboxes.restore(MAILBOX, { to }))).toEqual({
      path: `/${MAILBOX}/restoreTo`,
      body: to,
    });
  });

  it('of several mailboxes has the odd names of each version', async () => {
    const options = { userName: 'admin', userPassword: 'pa55word', onPremisesUserName: 'op', skipUnresolved: true };

    expect(await bodyOf('v5', (mailboxes) => mailboxes.restoreMany(some, options))).toEqual({
      path: '/action',
      body: {
        restoreTo: {
          mailBoxes: some,
          office365username: 'admin',
          office365userpassword: 'pa55word',
          onpremuserName: 'op',
          skipUnresolved: true,
        },
      },
    });
    expect(await bodyOf('v6', (mailboxes) => mailboxes.restoreMany(some, options))).toEqual({
      path: '/restore',
      body: {
        mailboxes: some,
        office365UserName: 'admin',
        office365UserPassword: 'pa55word',
        onPremisesUserName: 'op',
        skipUnresolved: true,
      },
    });
  });
});
