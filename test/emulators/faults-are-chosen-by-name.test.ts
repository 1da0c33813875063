import { describe, expect, it } from 'vitest';
import { deviationOf } from '../../src/testing/deviation.ts';
import type { CommonFaults } from '../../src/testing/faults.ts';
import { gatewayBodies } from '../../src/testing/named-faults.ts';
import { oracleEpmEmulator } from '../../src/testing/oracle-epm/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

const RESTORE = '/interop/rest/v1/services/restoreenvironment';
const LIST = '/interop/rest/v2/backups/list';
const BACKUP = '2026-04-23T08:48:06/Environment_Backup';
const headers = { authorization: `Basic ${btoa('admin:secret')}`, 'content-type': 'application/json' };

function stage(faults: CommonFaults) {
  const clock = virtualClock();
  const emulator = oracleEpmEmulator({ clock, scenario: { faults } });
  const fetch = (path: string, init: RequestInit = {}) =>
    emulator.fetch(`https://epm.invalid${path}`, { headers, redirect: 'manual', ...init });
  const start = () => fetch(RESTORE, { method: 'POST', body: JSON.stringify({ backupName: BACKUP }) });
  const poll = async () => fetch(`${RESTORE}/status/${emulator.restores[0]?.id}`);
  return { clock, emulator, fetch, start, poll };
}

describe('faults by name', () => {
  it('single401 refuses one poll, and takes the same credentials again', async () => {
    const { start, poll } = stage({ single401: true });
    await start();
    const statuses = [await poll(), await poll(), await poll()].map(({ status }) => status);
    expect(statuses).toEqual([200, 401, 200]);
  });

  it('single401 can be aimed at the start, which then was not carried out', async () => {
    const { emulator, start } = stage({ single401: { on: 'start', toCall: 1 } });
    const refused = await start();
    expect(refused.status).toBe(401);
    // The product's own, not an empty one.
    expect(await refused.json()).toMatchObject({ operation: 'Authentication' });
    expect(emulator.restores).toHaveLength(0);
    expect((await start()).status).toBe(200);
  });

  it('gatewayJson404 answers three polls with JSON that is not the API’s', async () => {
    const { start, poll } = stage({ gatewayJson404: true });
    await start();
    expect((await poll()).status).toBe(200);
    for (let count = 0; count < 3; count += 1) {
      const answer = await poll();
      expect(answer.status).toBe(404);
      expect(await answer.json()).toEqual({ message: expect.stringContaining('no Route matched') });
    }
    expect((await poll()).status).toBe(200);
  });

  it.each(['detail', 'spring', 'problem'] as const)('gatewayJson200 has the body of %s', async (form) => {
    const { start, poll } = stage({ gatewayJson200: { fromPoll: 1, toPoll: 1, form } });
    await start();
    const answer = await poll();
    expect(answer.status).toBe(200);
    const body = await answer.json();
    expect(body).toEqual(JSON.parse(gatewayBodies[form]));
    expect(body.status).toBe(503);
  });

  it('deepJson keeps what the product says, and nests beside it', async () => {
    const { emulator, start } = stage({ deepJson: true });
    const answer = await start();
    expect(emulator.restores).toHaveLength(1);
    const text = await answer.text();
    expect(text).toContain('"rel":"Job Status"');
    expect(text).toContain('['.repeat(100_000));
    expect(text).not.toContain('['.repeat(100_001));
  });

  it('lateCommit carries out the start 75 s after its 504', async () => {
    const { clock, emulator, start } = stage({ lateCommit: true });
    expect((await start()).status).toBe(504);
    await clock.sleep(74_000);
    expect(emulator.restores).toHaveLength(0);
    await clock.sleep(2_000);
    expect(emulator.restores).toHaveLength(1);
  });

  it('misroutedAnswer tells of the end of another operation', async () => {
    const { start, poll } = stage({ misroutedAnswer: true });
    await start();
    const answers = [await poll(), await poll(), await poll()];
    const statuses = await Promise.all(answers.map(async (answer) => (await answer.json()).status));
    expect(statuses).toEqual([-1, 0, -1]);
  });

  it('connectionDies fails the first call after a pause, which does not arrive', async () => {
    const { clock, emulator, fetch, start } = stage({ connectionDies: true });
    await fetch(LIST);
    await clock.sleep(6_000);
    await expect(start()).rejects.toThrow(TypeError);
    expect(emulator.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
    expect((await start()).status).toBe(200);
    await clock.sleep(2_000);
    expect((await fetch(LIST)).status).toBe(200);
  });

  it('marks what does not come from the product', async () => {
    const { start, poll } = stage({ gatewayJson200: { fromPoll: 1, toPoll: 1 } });
    expect(deviationOf(await start())).toBeUndefined();
    expect(deviationOf(await poll())).toMatch(/other-json/);
  });
});
