import { describe, expect, it } from 'vitest';
import { StartOutcomeUnknownError, ValidationError } from '../../src/errors/index.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import type { Mailbox, RestoreOutcome, VeeamM365V5Client, VeeamM365V6Client } from '../../src/veeam-m365/index.ts';
import { caught, MAILBOX, oneSession, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

const HOUR_MS = 3_600_000;

describe.each(VERSIONS)('%s: the restore of a mailbox', (version) => {
  it.each([
    ['blocks-for-four-hours', 4 * HOUR_MS],
    ['restore-of-a-day', 26 * HOUR_MS],
  ] as const)('waits for its answer as long as it takes: %s (VM-11)', async (scenario, atLeast) => {
    const { clock, open, restores } = serverWith(version, scenario);
    const session = await open();
    const from = clock.now();

    const outcome = await session.mailboxes.restore(MAILBOX);

    expect(outcome.state).toBe('succeeded');
    expect(clock.now() - from).toBeGreaterThanOrEqual(atLeast);
    expect(restores()).toHaveLength(1);
  });

  it('whose connection is lost is never repeated; the events are its second source of truth (VM-12)', async () => {
    const { emulator, open, restores } = serverWith(version, 'connection-dies-during-a-restore');
    const session = await open();

    const error = await caught(session.mailboxes.restore(MAILBOX, { note: 'T-9' }));

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(String(error)).toContain('T-9');
    const told = await (error as StartOutcomeUnknownError<RestoreOutcome>).reconcile();
    expect(told).toMatchObject({
      outcome: 'unknown',
      evidence: [expect.stringContaining('Working'), expect.stringContaining('Restoring mailbox User 1, Running')],
    });
    expect(restores()).toHaveLength(1);
    expect(emulator.mailboxRestores).toHaveLength(1);
  });

  it.each(['page-instead-of-counters', 'ends-during-a-restore'] satisfies VeeamM365ScenarioName[])(
    'is not known to have ended: %s',
    async (scenario) => {
      const { open, restores } = serverWith(version, scenario);
      const session = await open();

      expect(await caught(session.mailboxes.restore(MAILBOX))).toBeInstanceOf(StartOutcomeUnknownError);
      expect(restores()).toHaveLength(1);
    },
  );

  it('may be given a time of its own, after which its end is not known', async () => {
    const { clock, open, restores } = serverWith(version, 'blocks-for-four-hours');
    const session = await open();
    const from = clock.now();

    const error = await caught(session.mailboxes.restore(MAILBOX, { requestTimeoutMs: HOUR_MS }));

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(clock.now() - from).toBe(HOUR_MS);
    expect(restores()).toHaveLength(1);
  });

  it('that the caller leaves is not known to have ended', async () => {
    const { clock, open } = serverWith(version, 'blocks-for-four-hours');
    const session = await open();
    const control = new AbortController();
    clock.sleep(HOUR_MS).then(() => control.abort(new Error('enough')));

    const error = await caught(session.mailboxes.restore(MAILBOX, { signal: control.signal }));

    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
  });

  it('follows a 401 that came back, which was not carried out, with one more try', async () => {
    const { emulator, open, restores } = serverWith(version, { token: { uses: 4 } });
    const session = await open();

    // Login, list, start, poll: the restore is the first call that the token is no longer good for.
    await session.poll();
    expect((await session.mailboxes.restore(MAILBOX)).state).toBe('succeeded');

    expect(restores().map(({ operationId }) => operationId)).toEqual(['restoreMailbox', 'restoreMailbox']);
    expect(emulator.mailboxRestores).toHaveLength(1);
  });

  it('that is refused is told as a refusal', async () => {
    const { open } = serverWith(version, 'secrets-echoed');
    const session = await open();

    await expect(session.mailboxes.restore(MAILBOX)).rejects.toThrow(ValidationError);
  });

  it.each([
    ['some-items-fail', 'partial'],
    ['failure-in-a-200', 'failed'],
    ['cannot-continue', 'failed'],
    ['restored-with-warnings', 'succeeded'],
    ['counters-absent-where-zero', 'succeeded'],
  ] as const)('returns what came of it: %s is %s', async (scenario, state) => {
    const { emulator, open } = serverWith(version, scenario);
    const session = await open();

    expect((await session.mailboxes.restore(MAILBOX)).state).toBe(state);
    expect(emulator.mailboxRestores[0]?.truth).toBe(state);
  });

  it('restores several in one call', async () => {
    const { emulator, open, restores } = serverWith(version, 'bulk-warning');
    const session = await open();
    const mailboxes = await session.mailboxes.list().toArray();

    const outcome = await session.mailboxes.restoreMany(mailboxes);

    expect(outcome.state).toBe('partial');
    expect(outcome.mailboxes?.map(({ state }) => state)).toEqual(['succeeded', 'failed', 'succeeded']);
    expect(emulator.mailboxRestores[0]?.truth).toBe('partial');
    expect(restores()).toHaveLength(1);
  });
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
