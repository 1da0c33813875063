import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/clock/clock.ts';
import { CloudFoundryClient, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { DocSpaceClient, docspaceApiKey } from '../../src/docspace/index.ts';
import { StartOutcomeUnknownError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { basicAuth, OracleEpmClient } from '../../src/oracle-epm/index.ts';
import { memoryStore, startOnce } from '../../src/start-once/index.ts';
import {
  cloudFoundryEmulator,
  docspaceBackups,
  docspaceCredentials,
  docspaceEmulator,
  type Emulator,
  oracleEpmEmulator,
  virtualClock,
} from '../../src/testing/index.ts';
import { rejection } from '../support/rejection.ts';

const docspaceOf = (emulator: Emulator, clock: Clock) =>
  new DocSpaceClient({
    baseUrl: 'https://portal.example.com',
    auth: docspaceApiKey(docspaceCredentials.apiKey),
    fetch: emulator.fetch,
    clock,
  });

describe('a start whose process died', () => {
  it('at DocSpace is found by the restore that was not there before', async () => {
    const clock = virtualClock();
    const emulator = docspaceEmulator({
      clock,
      scenario: { durationMs: 600_000, faults: { loseStartResponse: true } },
    });
    const make = () => docspaceOf(emulator, clock);
    const baseline = JSON.parse(JSON.stringify(await make().takeBaseline({})));
    const startedAt = new Date(clock.now());
    await rejection(make().portal.restore({ backupId: docspaceBackups.good.id }));
    const told = await make().reconcileStart({ startedAt, target: {}, baseline });
    expect(told).toMatchObject({ outcome: 'started', operation: { id: emulator.restores[0]?.id } });
    if (told.outcome === 'started')
      expect(await waitForCompletion(told.operation)).toMatchObject({ state: 'succeeded' });
    expect(emulator.restores).toHaveLength(1);
  });

  it('at DocSpace looks not started after minutes without a record, and only with a baseline', async () => {
    const clock = virtualClock();
    const emulator = docspaceEmulator({ clock });
    const client = docspaceOf(emulator, clock);
    const lost = { startedAt: new Date(clock.now()), target: {} };
    const begun = clock.now();
    expect(await client.reconcileStart({ ...lost, baseline: { restores: [] } })).toMatchObject({
      outcome: 'unknown',
      looksNotStarted: true,
    });
    expect(clock.now() - begun).toBeGreaterThanOrEqual(180_000);
    const blind = await client.reconcileStart(lost);
    expect(blind).toMatchObject({ outcome: 'unknown' });
    expect(blind).not.toHaveProperty('looksNotStarted');
  });

  it('at DocSpace is answered at once by a rerun after more than a minute; a rerun within it waits for the minute', async () => {
    const clock = virtualClock();
    const emulator = docspaceEmulator({ clock });
    const client = docspaceOf(emulator, clock);
    const store = memoryStore();
    const options = { key: 'CHANGE-1', store, client, target: {}, clock };
    void startOnce({ ...options, start: () => new Promise<never>(() => {}) });
    await clock.sleep(11 * 60_000);
    // Another process, which does not know that the first one lives.
    const rerun = () => rejection(startOnce({ ...options, store: { ...store }, start: () => Promise.reject() }));
    const late = clock.now();
    const error = (await rerun()) as StartOutcomeUnknownError;
    expect(error).toBeInstanceOf(StartOutcomeUnknownError);
    expect(clock.now() - late).toBeLessThan(1_000);
    expect(await error.reconcile({ patienceMs: 30_000 })).toMatchObject({ outcome: 'unknown' });
    expect(await error.reconcile()).toMatchObject({ outcome: 'unknown', looksNotStarted: true });
    expect(clock.now() - late).toBeGreaterThanOrEqual(90_000);
  });

  it('at Cloud Foundry stays unknown, with the last operation as evidence', async () => {
    const clock = virtualClock();
    const emulator = cloudFoundryEmulator({ clock, scenario: 'lost-start-answer' });
    const cf = new CloudFoundryClient({
      baseUrl: 'https://api.example.org',
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      fetch: emulator.fetch,
      clock,
    });
    const instance = emulator.serviceInstances[0]?.guid ?? '';
    const startedAt = new Date(clock.now());
    await rejection(cf.serviceInstances.restore({ into: instance, from: 'server-default' }));
    expect(await cf.reconcileStart({ startedAt, target: { instance } })).toMatchObject({
      outcome: 'unknown',
      evidence: [expect.stringMatching(/last operation/)],
    });
  });

  it('at Oracle EPM stays unknown without a request', async () => {
    const emulator = oracleEpmEmulator();
    const epm = new OracleEpmClient({
      baseUrl: 'https://epm.example.com',
      auth: basicAuth({ username: 'admin', password: 'secret' }),
      fetch: emulator.fetch,
    });
    const told = await epm.reconcileStart({ startedAt: new Date(), target: {} });
    expect(told).toMatchObject({ outcome: 'unknown', advice: expect.stringMatching(/\w/) });
    expect(emulator.requests).toHaveLength(0);
  });
});
