import { expect, it } from 'vitest';
import { ConfigurationError } from '../../src/errors/index.ts';
import { waitForCompletion } from '../../src/operation/index.ts';
import { withRestoreSession } from '../../src/veeam-m365/index.ts';
import { rejection } from '../support/rejection.ts';
import { stage } from './stage.ts';
import { MAILBOX, VERSIONS } from './support.ts';

const at = (clock: { now(): number }) => new Date(clock.now());

it.each(VERSIONS)('%s: a session is ready for the work, and stopped after it', async (version) => {
  const { veeam, emulator, clock } = stage(version, { startingMs: 60_000 });
  const { organizationId } = emulator;
  const input = { organizationId, dateTime: at(clock), type: 'exchange' } as const;

  const names = await withRestoreSession(veeam, input, async (session) => {
    expect(emulator.openSessions).toMatchObject([{ state: 'Working' }]);
    return (await session.mailboxes.list().toArray()).map(({ name }) => name);
  });

  expect(names).toEqual(['User 1', 'User 2', 'User 3']);
  expect(emulator.openSessions).toEqual([]);
});

it('VM-19: a session is stopped after an error, which a failing stop does not hide', async () => {
  const { veeam, emulator, clock } = stage('v6');
  const [jobId] = emulator.jobIds;
  const input = { jobId, dateTime: at(clock), type: 'exchange' } as const;
  const fault = new Error('the work failed');

  expect(await rejection(withRestoreSession(veeam, input, () => Promise.reject(fault)))).toBe(fault);
  expect(emulator.openSessions).toEqual([]);

  const stuck = stage('v6', { stop: { lagPolls: 'forever' } });
  const own = { ...input, jobId: stuck.emulator.jobIds[0], dateTime: at(stuck.clock) };
  expect(await rejection(withRestoreSession(stuck.veeam, own, () => Promise.reject(fault)))).toBe(fault);
  expect(await withRestoreSession(stuck.veeam, own, () => 'done')).toBe('done');
});

it('a session is left open while a restore in it has not ended', async () => {
  const { veeam, emulator, clock } = stage('v6', { mailboxRestore: { durationMs: 3_600_000 } });
  const { organizationId } = emulator;

  const restore = await withRestoreSession(
    veeam,
    { organizationId, dateTime: at(clock), type: 'exchange' },
    (session) => session.mailboxes.restore(MAILBOX),
  );

  expect(emulator.openSessions).toHaveLength(1);
  expect((await waitForCompletion(restore)).state).toBe('succeeded');
});

it('a session that does not become ready in time is stopped', async () => {
  const { veeam, emulator, clock } = stage('v6', { startingMs: 3_600_000 });
  const { organizationId } = emulator;
  const input = { organizationId, dateTime: at(clock), type: 'exchange' } as const;
  let worked = false;
  const work = () => {
    worked = true;
  };

  const error = await rejection(withRestoreSession(veeam, input, work, { readyTimeoutMs: 60_000 }));

  expect(error).toMatchObject({ code: 'wait-timeout' });
  expect(worked).toBe(false);
  expect(emulator.openSessions).toEqual([]);
});

it('one of organization and job must be named, before anything is sent', async () => {
  const { veeam, emulator, clock } = stage('v6');
  const input = { dateTime: at(clock), type: 'exchange' } as const;

  for (const scope of [{}, { organizationId: 'a', jobId: 'b' }]) {
    const error = await rejection(withRestoreSession(veeam, { ...input, ...scope } as never, () => 0));
    expect(error).toBeInstanceOf(ConfigurationError);
  }
  expect(emulator.requests).toEqual([]);
});
