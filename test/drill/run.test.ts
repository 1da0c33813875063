import { uaaPassword } from 'restorekit';
import { progressDisplay } from 'restorekit/terminal';
import { type CloudFoundryScenario, cloudFoundryEmulator } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { toEntry } from '../../examples/drill/outcome.ts';
import { toExplanations, toTable } from '../../examples/drill/report.ts';
import { runDrill } from '../../examples/drill/run.ts';
import type { Target } from '../../examples/drill/targets.ts';

async function drill(
  scenario: CloudFoundryScenario,
  options: { readonly signal?: AbortSignal; readonly password?: string } = {},
) {
  const server = await cloudFoundryEmulator({ scenario: { durationMs: 300, ...scenario } }).listen();
  const target: Target = {
    system: 'cloud-foundry',
    label: 'orders-db',
    baseUrl: server.url,
    auth: uaaPassword({ username: 'admin', password: options.password ?? 'secret' }),
    restore: {
      into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
      from: { backupId: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55' },
    },
  };
  let written = '';
  const stream = {
    write: (text: string) => {
      written += text;
    },
  };
  try {
    const display = progressDisplay({ stream, isTty: false });
    const signal = options.signal ?? new AbortController().signal;
    const outcomes = await runDrill([target], { display, signal, wait: { cadence: () => 40 } });
    const [outcome] = outcomes;
    if (!outcome) throw new Error('There is no outcome.');
    return { outcomes, written, entry: toEntry(outcome) };
  } finally {
    await server.close();
  }
}

describe('a restore of the drill', () => {
  it('survives an outage, and tells what the data is as of', async () => {
    const { outcomes, entry, written } = await drill({ faults: { outage: { fromMs: 80, toMs: 200 } } });
    expect(Object.keys(entry)).toEqual([
      'system',
      'kind',
      'state',
      'elapsedMs',
      'polls',
      'unreachableMs',
      'dataAsOf',
      'handle',
    ]);
    expect(entry).toMatchObject({
      system: 'cloud-foundry',
      kind: 'cloud-foundry/restore-service-instance',
      state: 'succeeded',
      dataAsOf: '2026-04-23T08:48:06.000Z',
      handle: { v: 1, kind: 'cloud-foundry/restore-service-instance' },
    });
    expect(entry.unreachableMs).toBeGreaterThan(0);
    expect(written).toContain('orders-db: not reachable: no connection');
    expect(written).toContain('orders-db: reachable again after');
    expect(toTable(outcomes)).toMatch(/^orders-db +succeeded +.* 2026-04-23 08:48 UTC$/m);
    expect(toExplanations(outcomes)).toEqual([]);
  });

  it('that fails is explained', async () => {
    const { outcomes, entry } = await drill({ ending: 'failed' });
    expect(entry).toMatchObject({ state: 'failed', error: { code: 'operation-failed' } });
    expect(toTable(outcomes)).toContain('FAILED');
    expect(toExplanations(outcomes)).toEqual([expect.stringContaining('The vendor reports that the restore failed')]);
  });

  it('that is not waited for has an unknown end and a handle', async () => {
    const { outcomes, entry, written } = await drill({ durationMs: 60_000 }, { signal: AbortSignal.timeout(400) });
    expect(entry).toMatchObject({ state: 'unknown', handle: { v: 1 }, unreachableMs: null });
    expect(toExplanations(outcomes)).toEqual([]);
    expect(toTable(outcomes)).toContain('NOT KNOWN');
    expect(written).toContain('no longer watched');
  });

  it('that cannot be started is not called failed', async () => {
    const { entry } = await drill({}, { password: 'wrong' });
    expect(entry).toMatchObject({ state: 'not-started', kind: null, handle: null, error: { code: 'authentication' } });
  });
});
