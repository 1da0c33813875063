import { describe, expect, it, vi } from 'vitest';
import { serverWith, VERSIONS } from './support.ts';

describe.each(VERSIONS)('%s: await using', (version) => {
  it('stops the session at the end of the block (VM-19)', async () => {
    const { emulator, open } = serverWith(version);

    {
      await using session = await open();
      expect(emulator.openSessions).toHaveLength(1);
      await session.mailboxes.list().toArray();
    }

    expect(emulator.openSessions).toEqual([]);
  });

  it('stops it after an error too', async () => {
    const { emulator, open } = serverWith(version);
    const work = async () => {
      await using session = await open();
      throw new Error(`first, in ${session.id}`);
    };

    await expect(work()).rejects.toThrow('first, in');
    expect(emulator.openSessions).toEqual([]);
  });

  it('does not hide the first error behind a stop that fails', async () => {
    const { open } = serverWith(version, 'stop-never-stops');
    const first = new Error('first');
    const work = async () => {
      await using session = await open();
      throw Object.assign(first, { id: session.id });
    };

    await expect(work()).rejects.toBe(first);
  });
});

it('a session can be made where the runtime has no Symbol.asyncDispose', async () => {
  const { open } = serverWith('v6');
  const { asyncDispose } = Symbol;
  // It cannot be taken away from Symbol itself.
  vi.stubGlobal('Symbol', Object.create(Symbol, { asyncDispose: { value: undefined } }));
  const session = await open().finally(() => vi.unstubAllGlobals());

  expect(Object.getOwnPropertySymbols(session)).not.toContain(asyncDispose);
  expect((await session.stop()).state).toBe('Stopped');
});
