import { describe, expect, it } from 'vitest';
import { resume } from '../../src/client/resume.ts';
import { waitForAll, waitForCompletion } from '../../src/operation/index.ts';
import { CLIENTS, clientOf, serverWith, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: a handle', (version) => {
  it('holds all that the session needs, and no secret', async () => {
    const { clock, emulator, veeam } = serverWith(version);
    const session = await veeam.jobs.explore(emulator.jobIds[1], {
      dateTime: '2025-12-31T12:00:00.1234567Z',
      type: 'vex',
      note: 'T-1',
    });

    expect(JSON.parse(JSON.stringify(session))).toEqual({
      v: 1,
      kind: `veeam-m365-${version}/restore-session`,
      id: session.id,
      baseUrl: veeam.baseUrl,
      path: `/${version}/RestoreSessions/${session.id}`,
      startedAt: new Date(clock.now()).toISOString(),
      note: 'T-1',
      dateTime: '2025-12-31T12:00:00.1234567Z',
      type: 'vex',
      jobId: emulator.jobIds[1],
    });
  });

  it('becomes the same session in another process', async () => {
    const { veeam, open } = serverWith(version);
    const session = await open();
    const saved = JSON.parse(JSON.stringify(session));

    const resumed = veeam.resume(saved);

    expect(JSON.parse(JSON.stringify(resumed))).toEqual(saved);
    expect(resumed).toMatchObject({ type: 'vex', dateTime: session.dateTime, scope: session.scope });
    expect(await resumed.mailboxes.list().toArray()).toHaveLength(3);
    await resumed.stop();
    const [first, second] = await waitForAll([session, resumed]);
    expect(first).toMatchObject({ status: 'fulfilled' });
    expect((second as PromiseFulfilledResult<{ result: unknown }>).value.result).toEqual(
      (first as PromiseFulfilledResult<{ result: unknown }>).value.result,
    );
  });

  it('of another baseUrl, or one that is damaged, is refused before anything is sent', async () => {
    const { emulator, veeam, open } = serverWith(version);
    const saved = JSON.parse(JSON.stringify(await open()));
    const sent = emulator.requests.length;

    expect(() => veeam.resume({ ...saved, baseUrl: 'https://other.example.com' })).toThrow(/baseUrl/);
    expect(() => veeam.resume({ ...saved, type: 'vox' })).toThrow(/type/);
    expect(() => veeam.resume({ ...saved, dateTime: 'yesterday' })).toThrow(/dateTime/);
    expect(emulator.requests).toHaveLength(sent);
  });

  it('of a session goes on with the client of each version, as a session is the same object in all', async () => {
    const { clock, emulator, open, veeam } = serverWith(version);
    const saved = JSON.parse(JSON.stringify(await open()));
    const others = VERSIONS.map((each) => clientOf(each, emulator, clock));

    for (const [index, other] of others.entries()) {
      const session = other.resume(saved);
      expect(session.kind).toBe(`veeam-m365-${version}/restore-session`);
      expect(await session.poll()).toMatchObject({ state: 'running', message: 'Working' });
      expect(emulator.requests.at(-1)?.path).toBe(`/${VERSIONS[index]}/RestoreSessions/${saved.id}`);
    }
    await resume(saved, [...others, veeam]).poll();
    expect(emulator.requests.at(-1)?.path, 'the client of its own version is preferred').toContain(`/${version}/`);
  });

  it('is not needed to follow a session that somebody else has opened', async () => {
    const { clock, emulator, veeam, open } = serverWith(version);
    const { id } = await open();
    const sent = emulator.requests.length;

    const session = veeam.attach({ id, note: 'T-2' });

    expect(emulator.requests).toHaveLength(sent);
    expect(session.startedAt).toEqual(new Date(clock.now()));
    await session.stop();
    const done = await waitForCompletion(session);
    expect(done).toMatchObject({ state: 'succeeded', handle: { id, note: 'T-2' } });
    expect(done.result).not.toHaveProperty('requestedDateTime');
  });
});

it('the result says what was asked for, and not which backup the server chose (VM-9)', async () => {
  const { open } = serverWith('v6');
  const session = await open({ dateTime: '2025-12-31T12:00:00Z' });
  await session.stop();

  const { result } = await waitForCompletion(session);

  expect(result.requestedDateTime).toEqual(new Date('2025-12-31T12:00:00Z'));
  expect(result).not.toHaveProperty('dataAsOf');
  expect(result.aftermath).not.toEqual([]);
});

it('each version starts kinds of its own', () => {
  const names = ['restore-session', 'mailbox-restore', 'one-drive-restore', 'site-restore', 'team-restore'];
  for (const version of VERSIONS) {
    expect(serverWith(version).veeam.kinds).toEqual(names.map((name) => `veeam-m365-${version}/${name}`));
  }
  expect(Object.keys(CLIENTS)).toEqual(VERSIONS);
});
