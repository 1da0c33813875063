import { describe, expect, it } from 'vitest';
import { waitForAll, waitForCompletion } from '../../src/operation/index.ts';
import { type VeeamM365Scenario, veeamM365Emulator, virtualClock } from '../../src/testing/index.ts';
import { VeeamM365V6Client, veeamPassword } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';

const MINUTE = 60_000;

async function openSessions(count: number, scenario: VeeamM365Scenario = {}) {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, scenario: { durationMs: 30 * MINUTE, ...scenario } });
  const veeam = new VeeamM365V6Client({
    baseUrl: 'https://veeam.example.org:4443',
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    fetch: emulator.fetch,
    clock,
  });
  const sessions = await Promise.all(
    Array.from({ length: count }, () =>
      veeam.jobs.explore(emulator.jobIds[0] ?? '', { dateTime: new Date(clock.now()), type: 'vex' }),
    ),
  );
  const before = emulator.requests.length;
  const counts = () => {
    const sent = emulator.requests.slice(before).map(({ operationId }) => operationId);
    return {
      lists: sent.filter((operation) => operation === 'listRestoreSessions').length,
      single: sent.filter((operation) => operation === 'getRestoreSession').length,
    };
  };
  return { clock, emulator, veeam, sessions, counts };
}

describe('one list serves many sessions', () => {
  it('a crowd costs little more requests than one session does', async () => {
    const alone = await openSessions(1);
    await waitForCompletion(alone.sessions[0] ?? expect.fail());
    expect(alone.counts().lists).toBe(0);

    const crowd = await openSessions(150);
    const all = await waitForAll(crowd.sessions);
    expect(all.every((each) => each.status === 'fulfilled')).toBe(true);
    expect(crowd.counts().lists).toBeLessThan(2 * alone.counts().single);
    expect(crowd.counts().single).toBeLessThan(10);
  });

  it('four sessions are read one by one', async () => {
    const few = await openSessions(4);
    await waitForAll(few.sessions);
    expect(few.counts().lists).toBe(0);
  });

  it('ends are seen about as soon as by polling each', async () => {
    const crowd = await openSessions(20);
    for (const settled of await waitForAll(crowd.sessions)) {
      expect(settled).toMatchObject({ status: 'fulfilled', value: { state: 'succeeded' } });
      if (settled.status === 'fulfilled') expect(settled.value.elapsedMs).toBeLessThan(32 * MINUTE);
    }
  });

  it('a session that the list does not show is read by its id', async () => {
    const first = await openSessions(3);
    const veeam = new VeeamM365V6Client({
      baseUrl: 'https://veeam.example.org:4443',
      auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
      fetch: first.emulator.fetch,
      clock: first.clock,
    });
    const later = await Promise.all(
      Array.from({ length: 6 }, () =>
        veeam.jobs.explore(first.emulator.jobIds[0] ?? '', { dateTime: new Date(first.clock.now()), type: 'vex' }),
      ),
    );
    // Sessions of another logon, followed through this client: the list does not show them.
    const strangers = first.sessions.map(({ id, startedAt }) => veeam.attach({ id, startedAt }));
    const all = await waitForAll([...later, ...strangers]);
    expect(all.map((settled) => settled.status)).toEqual(Array.from({ length: 9 }, () => 'fulfilled'));
    expect(first.counts().single).toBeGreaterThan(10);
    expect(first.counts().lists).toBeGreaterThan(5);
  });

  it('each session gets its own verdict', async () => {
    const crowd = await openSessions(12, { durationMs: 24 * 60 * MINUTE });
    await Promise.all(crowd.sessions.slice(0, 6).map((session) => session.stop()));
    const settled = await waitForAll(crowd.sessions, { timeoutMs: 10 * MINUTE });
    expect(settled.slice(0, 6).every(({ status }) => status === 'fulfilled')).toBe(true);
    for (const each of settled.slice(6))
      expect(each).toMatchObject({ status: 'rejected', reason: { code: 'wait-timeout' } });
  });

  it('leaving in the middle of a list leaves nothing behind', async () => {
    const crowd = await openSessions(10, { faults: { slow: { other: 20_000, poll: 20_000 } } });
    const control = new AbortController();
    const waits = crowd.sessions.map((session) => rejection(waitForCompletion(session, { signal: control.signal })));
    await crowd.clock.sleep(10_000);
    control.abort();
    for (const error of await Promise.all(waits)) expect(error).toMatchObject({ code: 'wait-aborted' });
  });
});
