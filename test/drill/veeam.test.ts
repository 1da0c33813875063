import { veeamPassword } from 'restorekit';
import { progressDisplay } from 'restorekit/terminal';
import { type VeeamM365Scenario, veeamM365Emulator } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { toEntry } from '../../examples/drill/outcome.ts';
import { runDrill } from '../../examples/drill/run.ts';
import type { VeeamTarget } from '../../examples/drill/targets.ts';

async function drill(
  mailboxRestore: NonNullable<VeeamM365Scenario['mailboxRestore']>,
  options: {
    readonly system?: VeeamTarget['system'];
    readonly mailbox?: string;
    readonly signal?: AbortSignal;
  } = {},
) {
  const emulator = veeamM365Emulator({ scenario: { mailboxRestore: { durationMs: 50, ...mailboxRestore } } });
  const server = await emulator.listen();
  const target: VeeamTarget = {
    system: options.system ?? 'veeam-m365-v6',
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
  it.each(['veeam-m365-v5', 'veeam-m365-v6', 'veeam-m365-v7', 'veeam-m365-v8'] as const)(
    'of %s leaves no session open',
    async (system) => {
      const { outcome, entry, emulator } = await drill({}, { system });
      expect(entry).toMatchObject({ state: 'succeeded', kind: `${system}/mailbox-restore`, dataAsOf: null });
      expect(outcome.requestedTime).toEqual(new Date(emulator.backupTimes.at(-1) ?? 0));
      expect(emulator.mailboxRestores).toHaveLength(1);
      expect(emulator.openSessions).toEqual([]);
    },
  );

  it.each(['veeam-m365-v6', 'veeam-m365-v8'] as const)(
    'of %s is partial when items failed, although the session went well',
    async (system) => {
      const { entry } = await drill({ failedItems: 3 }, { system });
      expect(entry.state).toBe('partial');
    },
  );

  it.each(['veeam-m365-v6', 'veeam-m365-v8'] as const)('of %s is failed when nothing came back', async (system) => {
    const { entry, emulator } = await drill({ failedItems: 'all' }, { system });
    expect(entry).toMatchObject({ state: 'failed', error: { code: 'operation-failed' } });
    expect(emulator.openSessions).toEqual([]);
  });

  it('is not started when the backup has no such mailbox, and the session is stopped', async () => {
    const { entry, emulator } = await drill({}, { mailbox: 'nobody@abc.onmicrosoft.com' });
    expect(entry.state).toBe('not-started');
    expect(emulator.mailboxRestores).toEqual([]);
    expect(emulator.openSessions).toEqual([]);
  });

  it.each(['veeam-m365-v6', 'veeam-m365-v8'] as const)(
    'of %s is not broken off by an interruption: its session stays open',
    async (system) => {
      const signal = AbortSignal.timeout(system === 'veeam-m365-v8' ? 3_000 : 8_000);
      const { entry, emulator } = await drill({ durationMs: 60_000 }, { system, signal });
      expect(entry).toMatchObject({ state: 'unknown', handle: { kind: `${system}/mailbox-restore` } });
      expect(emulator.mailboxRestores).toHaveLength(1);
      expect(emulator.openSessions).toHaveLength(1);
    },
  );
});
