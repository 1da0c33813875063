import { veeamPassword } from 'restorekit';
import { progressDisplay } from 'restorekit/terminal';
import { type VeeamM365Scenario, veeamM365Emulator } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { toEntry } from '../../examples/drill/outcome.ts';
import { runDrill } from '../../examples/drill/run.ts';
import type { VeeamTarget } from '../../examples/drill/targets.ts';

async function drill(
  mailboxRestore: NonNullable<VeeamM365Scenario['mailboxRestore']>,
  options: { readonly mailbox?: string; readonly signal?: AbortSignal } = {},
) {
  const emulator = veeamM365Emulator({ scenario: { mailboxRestore: { durationMs: 50, ...mailboxRestore } } });
  const server = await emulator.listen();
  const target: VeeamTarget = {
    system: 'veeam-m365-v6',
    label: 'mailbox',
    baseUrl: server.url,
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    restore: {
      scope: { organizationId: emulator.organizationId },
      dateTime: new Date(emulator.backupTimes.at(-1) ?? 0),
      mailbox: options.mailbox ?? 'User1@abc.onmicrosoft.com',
    },
  };
  try {
    const display = progressDisplay({ stream: { write: () => true }, isTty: false });
    const signal = options.signal ?? new AbortController().signal;
    const [outcome] = await runDrill([target], { display, signal, wait: { cadence: () => 20 } });
    if (!outcome) throw new Error('There is no outcome.');
    return { outcome, entry: toEntry(outcome), emulator };
  } finally {
    await server.close();
  }
}

describe('a mailbox restore of the drill', () => {
  it('leaves no session open', async () => {
    const { outcome, entry, emulator } = await drill({});
    expect(entry).toMatchObject({ state: 'succeeded', kind: 'veeam-m365-v6/mailbox-restore', dataAsOf: null });
    expect(outcome.requestedTime).toEqual(new Date(emulator.backupTimes.at(-1) ?? 0));
    expect(emulator.mailboxRestores).toHaveLength(1);
    expect(emulator.openSessions).toEqual([]);
  });

  it('is partial when items failed, although the session went well', async () => {
    const { entry } = await drill({ failedItems: 3 });
    expect(entry.state).toBe('partial');
  });

  it('is failed when nothing came back', async () => {
    const { entry, emulator } = await drill({ failedItems: 'all' });
    expect(entry).toMatchObject({ state: 'failed', error: { code: 'operation-failed' } });
    expect(emulator.openSessions).toEqual([]);
  });

  it('is not started when the backup has no such mailbox, and the session is stopped', async () => {
    const { entry, emulator } = await drill({}, { mailbox: 'nobody@abc.onmicrosoft.com' });
    expect(entry.state).toBe('not-started');
    expect(emulator.mailboxRestores).toEqual([]);
    expect(emulator.openSessions).toEqual([]);
  });

  it('is not broken off by an interruption: its session stays open', async () => {
    const { entry, emulator } = await drill({ durationMs: 60_000 }, { signal: AbortSignal.timeout(8_000) });
    expect(entry).toMatchObject({ state: 'unknown', handle: { kind: 'veeam-m365-v6/mailbox-restore' } });
    expect(emulator.mailboxRestores).toHaveLength(1);
    expect(emulator.openSessions).toHaveLength(1);
  });
});
