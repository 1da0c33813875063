import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { fetchFailed, hang, scriptedServer } from '../support/scripted-server.ts';
import { clientOf, GUID } from './cloud-foundry-client.ts';

it('after answers of all kinds, no listener is left on the caller’s signal', async () => {
  const { signal } = new AbortController();
  const clock = virtualClock();
  const emulator = cloudFoundryEmulator({ clock, scenario: { tokens: { lifePolls: 1 } } });
  const { cf } = clientOf({
    clock,
    fetch: emulator.fetch,
    auth: uaaPassword({ username: 'admin', password: 'secret' }),
    maxInFlight: 2,
  });
  const operation = await cf.serviceInstances.restore({ into: GUID, from: 'server-default' }, { signal });
  await Promise.allSettled(Array.from({ length: 20 }, () => operation.poll({ signal })));
  await cf.serviceInstances.list({ perPage: 1 }, { signal }).toArray();
  await cf.serviceInstances.get('no-such', { signal }).catch(() => undefined);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});

it.each([
  ['cut connections', () => Promise.reject(fetchFailed('ECONNRESET'))],
  ['time-outs', hang],
])('after %s, no listener is left on the caller’s signal', async (_, answer) => {
  const { signal } = new AbortController();
  const { read, poll, start } = clientOf({ fetch: scriptedServer(answer).fetch });
  await Promise.allSettled([read(signal), poll(signal), start(signal)]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
