import { describe, expect, it } from 'vitest';
import { deviationOf } from '../../../src/testing/deviation.ts';
import type { OracleEpmScenarioName } from '../../../src/testing/oracle-epm/scenarios.ts';
import { BACKUP, COPY, environment, LIST, RESTORE, SNAPSHOT } from './support.ts';

describe('the login', () => {
  it('of 26.11 takes the plain user name, and refuses the one with the account before it', async () => {
    const { ask } = environment();
    expect((await ask('GET', LIST)).status).toBe(200);
    const refused = await ask('GET', LIST, undefined, 'acme.admin');
    expect(refused.status).toBe(401);
    expect(refused.headers.get('www-authenticate')).toMatch(/^Basic /);
  });

  it('of an older release takes both, and no other account', async () => {
    const { ask } = environment({ scenario: 'login-before-26-11' });
    expect((await ask('GET', LIST)).status).toBe(200);
    expect((await ask('GET', LIST, undefined, 'acme.admin')).status).toBe(200);
    expect((await ask('GET', LIST, undefined, 'other.admin')).status).toBe(401);
  });
});

describe('the list', () => {
  const namesIn = async (scenario: OracleEpmScenarioName) => {
    const { ask } = environment({ scenario });
    return ((await (await ask('GET', LIST)).json()) as { items: string[] }).items;
  };

  it('can have the newest first', async () => {
    const names = await namesIn('list-newest-first');
    expect(names).toEqual([...names].sort().reverse());
  });

  it('can have the newest neither first nor last', async () => {
    const names = await namesIn('list-in-no-order');
    const newest = [...names].sort().at(-1);
    expect(names).toHaveLength(5);
    expect([names[0], names.at(-1)]).not.toContain(newest);
  });

  it('has names of copies, which tell two times', async () => {
    expect(await namesIn('copies-in-the-archive')).toContain(
      '2026-04-23T08:48:06/Artifact_Snapshot_2026-02-16T21:00:02',
    );
  });
});

describe('a step', () => {
  const run = async (scenario: OracleEpmScenarioName) => {
    const { clock, emulator, ask, linkOf } = environment({ scenario });
    const before = emulator.environment;
    const started = await ask('POST', RESTORE, { backupName: BACKUP, parameters: { storedSnapshotsAndFiles: true } });
    const href = await linkOf(started);
    clock.jump(60_000);
    const told = (await (await ask('GET', href)).json()) as { status: number; intermittentStatus: object[] };
    return { before, after: emulator.environment, told, truth: emulator.restores[0]?.truth };
  };

  it('at NA was not done although it was asked for, and the status is 0', async () => {
    const { before, after, told, truth } = await run('requested-step-at-na');
    expect(told.status).toBe(0);
    expect(Object.values(told.intermittentStatus[3] ?? {})).toEqual(['NA']);
    expect(after).toMatchObject({ application: 'restored', contents: BACKUP, files: ['inbox/april.csv'] });
    expect(after.maintenanceStartTime).toBe(before.maintenanceStartTime);
    expect(truth).toBe('succeeded');
  });

  it('that failed under status 0 was not done, and the restore is partial in truth', async () => {
    const { before, after, told, truth } = await run('failed-step-under-status-0');
    expect(told.status).toBe(0);
    expect(after).toMatchObject({ application: 'restored', maintenanceStartTime: before.maintenanceStartTime });
    expect(truth).toBe('partial');
  });

  it('each of which failed under status 0 has restored nothing', async () => {
    const { before, after, told } = await run('all-steps-failed-under-status-0');
    expect(told.status).toBe(0);
    expect(after).toEqual({ ...before, application: 'damaged' });
  });
});

describe('the status link of a start', () => {
  it.each([
    ['status-link-ends-in-a-space', '%20'],
    ['status-link-ends-in-a-no-break-space', '%C2%A0'],
  ] as const)('%s, and leads to the job as it is and without the tail', async (scenario, tail) => {
    const { emulator, ask, linkOf } = environment({ scenario });
    const href = await linkOf(await ask('POST', RESTORE, { backupName: BACKUP }));
    expect(href).toMatch(new RegExp(`/status/\\d+${tail}$`));
    for (const address of [href, href.slice(0, -tail.length)]) {
      expect(await (await ask('GET', address)).json()).toMatchObject({ status: -1 });
    }
    expect(emulator.restores).toHaveLength(1);
  });
});

describe('a copy', () => {
  it.each([
    ['restore-succeeds', /^2026-01-01T\d\d:\d\d:\d\d_Artifact_Snapshot\.zip$/, '/interop/rest/v2/status/jobs/'],
    ['copy-named-as-in-epm-automate', /^2026-04-23T08:48:06_Artifact_Snapshot\.zip$/, '/interop/rest/v2/status/jobs/'],
    ['copy-status-in-the-tenth-family', /_Artifact_Snapshot\.zip$/, '/interop/rest/v1/services/LCM/copysnapshot/'],
  ] as const)('%s', async (scenario, name, path) => {
    const { clock, emulator, ask, linkOf } = environment({ scenario });
    const href = await linkOf(await ask('POST', COPY, { backupName: SNAPSHOT }));
    expect(href).toContain(path);
    clock.jump(60_000);
    expect(await (await ask('GET', href)).json()).toMatchObject({ status: 0 });
    expect(emulator.environment.files.at(-1)).toMatch(name);
    expect(emulator.environment.application).toBe('live');
  });
});

describe('polls that do not come from the product', () => {
  it.each([
    ['empty-404', 404, null, ''],
    ['text-404', 404, 'text/plain', 'default backend - 404'],
    ['gateway-404-in-json', 404, 'application/json', 'no Route matched'],
    ['gateway-detail-in-a-200', 200, 'application/json', '"detail"'],
    ['gateway-spring-error-in-a-200', 200, 'application/json', '"timestamp"'],
    ['gateway-problem-in-a-200', 200, 'application/json', '"title"'],
  ] as const)('%s', async (scenario, status, type, text) => {
    const { ask, linkOf } = environment({ scenario });
    const href = await linkOf(await ask('POST', RESTORE, { backupName: BACKUP }));
    expect(await (await ask('GET', href)).json()).toMatchObject({ status: -1 });
    for (let count = 0; count < 3; count += 1) {
      const answer = await ask('GET', href);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')?.split(';')[0] ?? null).toBe(type);
      expect(deviationOf(answer)).toBeDefined();
      const body = await answer.text();
      expect(body).toContain(text);
      expect(body).not.toMatch(/"(details|items|links|intermittentStatus)"/);
    }
    expect(await (await ask('GET', href)).json()).toMatchObject({ status: -1 });
  });
});
