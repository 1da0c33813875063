import { describe, expect, it } from 'vitest';
import { waitForCompletion } from '../../src/operation/index.ts';
import { BLOCKING, endOf, serverWith, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: opening a session', (version) => {
  it('leaves the mailboxes as they are, and the end says that nothing was restored (VM-1)', async () => {
    const { emulator, open } = serverWith(version);
    const before = emulator.mailboxes;

    const session = await open();
    await session.stop();
    const done = await waitForCompletion(session);

    expect(done.state).toBe('succeeded');
    expect(done.warnings.map(({ code }) => code)).toEqual(['nothing-restored']);
    expect(emulator.mailboxes).toEqual(before);
  });

  it('is followed by no such warning where a restore in it brought something back', async () => {
    const { emulator, open } = serverWith(version);
    const session = await open();
    const [mailbox] = await session.mailboxes.list().toArray();

    const restored = await waitForCompletion(await session.mailboxes.restore(mailbox?.id ?? ''));
    await session.stop();
    const done = await waitForCompletion(session);

    expect(restored).toMatchObject({ state: 'succeeded', result: { created: 40, merged: 5 } });
    expect(Object.values(emulator.mailboxes[0]?.items ?? {})).not.toContain('spoilt');
    expect(done.warnings).toEqual([]);
  });

  it('has failed where all that was tried in it failed, and since v8 nothing is tried in it', async () => {
    const { open } = serverWith(version, 'failure-in-a-200');
    const session = await open();
    const [mailbox] = await session.mailboxes.list().toArray();

    await endOf(session.mailboxes.restore(mailbox?.id ?? ''));
    await session.stop();

    const status = await session.poll();
    const codes = status.warnings.map(({ code }) => code);
    if (BLOCKING.includes(version)) {
      expect(status).toMatchObject({ state: 'failed', failure: { code: 'restores-failed' } });
      expect(codes).toContain('nothing-restored');
    } else {
      expect(status.state).toBe('succeeded');
      expect(codes).toEqual([]);
    }
  });

  it('makes no such claim where another process has restored in it', async () => {
    const { veeam, open } = serverWith(version);
    const session = await open();
    const [mailbox] = await session.mailboxes.list().toArray();
    await endOf(session.mailboxes.restore(mailbox?.id ?? ''));
    await session.stop();

    const elsewhere = veeam.resume(JSON.parse(JSON.stringify(session)));

    expect((await elsewhere.poll()).warnings).toEqual([]);
  });

  it('makes no such claim while the end of a restore in it is not known', async () => {
    const { open } = serverWith(version, {
      faults: { loseRestoreAnswer: { afterMs: 1_000 } },
      stop: { runningRestores: 'cut-silently' },
    });
    const session = await open();
    const [mailbox] = await session.mailboxes.list().toArray();
    await session.mailboxes.restore(mailbox?.id ?? '').catch(() => undefined);
    await session.stop({ evenWhileRestoring: true });

    const done = await waitForCompletion(session);

    expect(done.warnings.map(({ code }) => code)).toEqual(['restore-without-end']);
    expect(done.result.aftermath.join(' ')).toContain('The end of a restore inside it is not known');
  });
});
