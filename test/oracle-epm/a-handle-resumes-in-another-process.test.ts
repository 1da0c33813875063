import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { HandleError } from '../../src/errors/index.ts';
import { type OperationHandle, waitForCompletion } from '../../src/operation/index.ts';
import { rejection } from '../support/rejection.ts';
import { BACKUP, BASE_URL, done, emulated, JOB_PATH, json, SNAPSHOT, scriptedEnvironment, started } from './support.ts';

const FLAGS = { usersAndPreDefinedRoles: true, dailyMaintenanceStartTime: false, storedSnapshotsAndFiles: true };

describe('resume', () => {
  it('ends in the same result, note and all', async () => {
    const { epm } = emulated();
    const operation = await epm.environment.restore({ backupName: BACKUP, note: 'T-1', ...FLAGS });
    const saved: OperationHandle = JSON.parse(JSON.stringify(operation));
    expect(saved).toEqual({
      v: 1,
      kind: 'oracle-epm/restore-environment',
      id: '1776935926050',
      baseUrl: BASE_URL,
      path: JOB_PATH,
      startedAt: '2026-01-01T00:00:00.000Z',
      note: 'T-1',
      backupName: BACKUP,
      flags: FLAGS,
    });
    const first = await waitForCompletion(operation);
    const again = await waitForCompletion(resume(saved, [epm]));
    expect(again.result).toEqual(first.result);
    expect(again.handle).toEqual(saved);
  });

  it('sends nothing by itself', () => {
    const { epm, emulator } = emulated();
    epm.resume(handle());
    expect(emulator.requests).toHaveLength(0);
  });

  it('polls the path of the handle, on the baseUrl of the client', async () => {
    const path = '/interop/rest/v2/status/jobs/777?x=1';
    const { epm, received } = scriptedEnvironment([done]);
    await epm.resume(handle({ id: '777', path })).poll();
    expect(received[0]?.url.href).toBe(`${BASE_URL}${path}`);
  });

  it.each([
    ['oracle-epm/restore-environment', JOB_PATH],
    ['oracle-epm/copy-backup', '/interop/rest/v2/status/jobs/1776935926050'],
  ])('%s without a path takes the documented one', async (kind, path) => {
    const { epm, received } = scriptedEnvironment([done]);
    const { path: _, ...rest } = handle({ kind });
    await epm.resume(rest).poll();
    expect(received[0]?.url.href).toBe(`${BASE_URL}${path}`);
  });

  it.each([
    ['another version', { v: 2 }, 'v'],
    ['another system', { kind: 'cloud-foundry/restore-service-instance' }, 'kind'],
    ['another baseUrl', { baseUrl: 'https://other.example.org' }, 'baseUrl'],
    ['no baseUrl', { baseUrl: undefined }, 'baseUrl'],
    ['no id', { id: '' }, 'id'],
    ['a time that is none', { startedAt: 'yesterday' }, 'startedAt'],
    ['a flag that is none', { flags: { usersAndPreDefinedRoles: 'true' } }, 'flags.usersAndPreDefinedRoles'],
    ['a path of another kind', { path: '/admin/users/1776935926050' }, 'path'],
    ['a path with a host', { path: `https://attacker.invalid${JOB_PATH}` }, 'path'],
    ['a path that climbs out', { path: `${JOB_PATH}/../../../../admin/1776935926050` }, 'path'],
    ['the path of another job', { path: JOB_PATH.replace('050', '051') }, 'path'],
  ])('%s is refused, by the name of the field', (_, change, field) => {
    const { epm, emulator } = emulated();
    let error: unknown;
    try {
      epm.resume(handle(change));
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(HandleError);
    expect(error).toMatchObject({ field });
    expect(emulator.requests).toHaveLength(0);
  });
});

describe('attach', () => {
  it('follows a restore that somebody else has started', async () => {
    const { epm, clock, emulator } = emulated();
    const theirs = await epm.environment.restore({ backupName: BACKUP });
    await clock.sleep(30_000);
    const ours = epm.attach({ id: theirs.id, startedAt: theirs.startedAt, note: 'T-2' });
    const { result } = await waitForCompletion(ours);
    expect(emulator.restores).toHaveLength(1);
    expect(result.dataAsOf).toBeUndefined();
    // The steps tell what was done, also where the flags are not known.
    expect(result.aftermath.join()).toMatch(/daily maintenance start time was set/);
    expect(result.aftermath.join()).not.toMatch(/are not known|Users|Inbox/);
    expect(epm.resume(JSON.parse(JSON.stringify(ours))).toJSON()).toEqual(ours.toJSON());
  });

  it('says more where more is known', async () => {
    const { epm } = scriptedEnvironment([done]);
    const { result } = await waitForCompletion(epm.attach({ id: '1', backupName: BACKUP, ...FLAGS }));
    expect(result.dataAsOf?.toISOString()).toBe('2026-04-23T08:48:06.000Z');
    expect(result.aftermath.join()).not.toMatch(/flags of this restore are not known/);
  });

  it.each(['a b', 'a/b', '%2e%2e', '81960945213340578'])('sends the id %j as one segment', async (id) => {
    const { epm, received } = scriptedEnvironment([done]);
    const operation = epm.attach({ id });
    await operation.poll();
    expect(decodeURIComponent(received[0]?.url.pathname.split('/').at(-1) ?? '')).toBe(id);
    expect(epm.resume(operation.toJSON()).id).toBe(id);
  });
});

describe('a server that echoes the password', () => {
  const echo = (status: number) => json({ details: 'no access for admin:secret', status, items: null, links: null });

  it('gets it neither into a status nor into an error', async () => {
    const { epm } = scriptedEnvironment([started(JOB_PATH), echo(1)]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect(JSON.stringify(await operation.poll())).toContain('no access for admin:[redacted]');
    const error = await rejection(waitForCompletion(operation));
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('secret');
  });

  it('gets it not into the handle of a start that has ended at once', async () => {
    const { epm } = scriptedEnvironment([echo(1)]);
    const operation = await epm.environment.restore({ backupName: BACKUP });
    expect(JSON.stringify(operation)).toContain('no access for admin:[redacted]');
  });

  it('gets it not into the error of a start that cannot be followed', async () => {
    const { epm } = scriptedEnvironment([echo(-1)]);
    const error = await rejection(epm.environment.restore({ backupName: BACKUP }));
    expect(JSON.stringify(error)).toContain('no access for admin:[redacted]');
  });
});

function handle(change: Record<string, unknown> = {}): OperationHandle {
  return {
    v: 1,
    kind: 'oracle-epm/restore-environment',
    id: '1776935926050',
    baseUrl: BASE_URL,
    path: JOB_PATH,
    startedAt: '2026-01-01T00:00:00.000Z',
    backupName: SNAPSHOT,
    ...change,
  };
}
