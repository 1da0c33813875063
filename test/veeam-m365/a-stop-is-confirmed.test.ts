import { describe, expect, it } from 'vitest';
import { NotFoundError, ValidationError, WaitTimeoutError } from '../../src/errors/index.ts';
import { caught, oneSession, SESSION, scripted, serverWith, sessionBody, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: a stop', (version) => {
  it('is sent in the form of the version', async () => {
    const { open, stops } = serverWith(version);
    const session = await open();

    await session.stop();

    const [stop] = stops();
    expect(stop?.path).toBe(
      version === 'v5' ? `/v5/RestoreSessions/${session.id}/action` : `/${version}/RestoreSessions/${session.id}/Stop`,
    );
    expect(stop?.body).toBe(version === 'v5' ? '{"stop":null}' : '');
  });

  it.each(['stop-takes-three-polls', 'stop-shows-stopping'] as const)(
    'is over when the session has stopped: %s (VM-18)',
    async (scenario) => {
      const { emulator, open, stops } = serverWith(version, scenario);
      const session = await open();

      const info = await session.stop();

      expect(info).toMatchObject({ id: session.id, state: 'Stopped', type: 'vex', endedAt: expect.any(Date) });
      expect(emulator.openSessions).toEqual([]);
      expect(stops()).toHaveLength(1);
    },
  );

  it('that does not stop the session is an error within a minute', async () => {
    const { clock, open, stops } = serverWith(version, 'stop-never-stops');
    const session = await open();
    const from = clock.now();

    const error = await caught(session.stop());

    expect(error).toBeInstanceOf(WaitTimeoutError);
    expect(error).toMatchObject({ handle: { id: session.id }, lastSeen: { message: 'Working' } });
    expect(clock.now() - from).toBeLessThanOrEqual(60_000);
    expect(stops()).toHaveLength(1);
  });

  it.each(['session-until-stopped', 'second-stop-is-an-error'] as const)(
    'may be called again, by anybody: %s',
    async (scenario) => {
      const { veeam, open, stops } = serverWith(version, scenario);
      const session = await open();

      const first = await session.stop();
      expect(await session.stop()).toEqual(first);
      expect(stops()).toHaveLength(1);
      expect(await veeam.attach({ id: session.id }).stop()).toEqual(first);
      expect(await veeam.restoreSessions.stop(session.id)).toEqual(first);
    },
  );

  it('of a session that has expired is harmless', async () => {
    const { clock, open } = serverWith(version, { durationMs: 60_000, stop: { again: 'error' } });
    const session = await open();
    await clock.sleep(61_000);

    expect((await session.stop()).state).toBe('Stopped');
  });

  it('that was lost in an outage is sent again when the server is back', async () => {
    const { emulator, open } = serverWith(version, { faults: { outage: { fromMs: 0, toMs: 10_000 } } });
    const session = await open();

    expect((await session.stop()).state).toBe('Stopped');
    expect(emulator.openSessions).toEqual([]);
  });

  it('of an unknown session says that it is not known', async () => {
    const { veeam } = serverWith(version);

    await expect(veeam.restoreSessions.stop('00000000-0000-4000-8000-000000000000')).rejects.toThrow(NotFoundError);
  });
});

it('a stop answered by 204 is a stop (VM-4)', async () => {
  const { veeam } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody({ state: 'Stopped' }),
      other: () => new Response(null, { status: 204 }),
    }),
  );

  expect((await veeam.attach({ id: SESSION }).stop()).state).toBe('Stopped');
});

it('a stop that the server refuses throws at once where the session lives', async () => {
  const { veeam, asked } = scripted(
    'v6',
    oneSession({
      session: () => sessionBody(),
      events: [],
      other: () => Response.json({ message: 'A restore is running.' }, { status: 400 }),
    }),
  );

  await expect(veeam.attach({ id: SESSION }).stop()).rejects.toThrow(ValidationError);
  expect(asked).toHaveLength(3);
});

it('a stop ends at once when the caller aborts', async () => {
  const { open } = serverWith('v6', 'stop-never-stops');
  const session = await open();
  const control = new AbortController();
  const stop = session.stop({ signal: control.signal });
  control.abort(new Error('enough'));

  await expect(stop).rejects.toThrow('enough');
});
