import { describe, expect, it } from 'vitest';
import { CloudFoundryClient, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { cloudFoundryEmulator, virtualClock } from '../../src/testing/index.ts';
import { rejection } from '../support/rejection.ts';
import { fetchFailed } from '../support/scripted-server.ts';

/** A client whose starts fail so often, with that word, before they get through. */
function unreliable(failures: number, code: string, retryUnsentStarts?: number) {
  const clock = virtualClock();
  const emulator = cloudFoundryEmulator({ clock });
  let attempts = 0;
  const cf = new CloudFoundryClient({
    baseUrl: 'https://api.example.org',
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    clock,
    ...(retryUnsentStarts === undefined ? {} : { retryUnsentStarts }),
    fetch: async (input, init) => {
      if (String(input).endsWith('/actions/restore')) {
        attempts += 1;
        if (attempts <= failures) throw fetchFailed(code);
      }
      return emulator.fetch(input, init);
    },
  });
  const into = emulator.serviceInstances[0]?.guid ?? '';
  const restore = () => cf.serviceInstances.restore({ into, from: 'server-default' });
  return { clock, emulator, restore, attempts: () => attempts };
}

describe('a start', () => {
  it('that never left is not sent again unless told to', async () => {
    const { restore, attempts } = unreliable(1, 'ECONNREFUSED');
    expect(await rejection(restore())).toMatchObject({ code: 'connection', sent: 'no' });
    expect(attempts()).toBe(1);
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND'])(
    'that never left (%s) is sent again as often as told, after pauses',
    async (code) => {
      const { clock, emulator, restore, attempts } = unreliable(3, code, 3);
      const begun = clock.now();
      await restore();
      expect(attempts()).toBe(4);
      expect(clock.now() - begun).toBeGreaterThanOrEqual(7_000);
      expect(emulator.restores).toHaveLength(1);
    },
  );

  it('that never left fails in the end', async () => {
    const { restore, attempts } = unreliable(9, 'ECONNREFUSED', 2);
    expect(await rejection(restore())).toMatchObject({ code: 'connection', sent: 'no' });
    expect(attempts()).toBe(3);
  });

  it.each(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'])(
    'that may have left (%s) is never sent again, whatever was told',
    async (code) => {
      const { restore, attempts } = unreliable(1, code, 5);
      expect(await rejection(restore())).toMatchObject({ code: 'start-outcome-unknown' });
      expect(attempts()).toBe(1);
    },
  );

  it.each([-1, 1.5, Number.NaN])('refuses to be sent again %s times', (times) => {
    expect(() => unreliable(0, '', times)).toThrow(/retryUnsentStarts/);
  });
});
