/**
 * Orders one restore from a service, stops that service during the restore, and asks a new one how the restore ended.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFoundryClient, uaaPassword } from 'restorekit/cloud-foundry';
import { memoryStore } from 'restorekit/start-once';
import { cloudFoundryEmulator } from 'restorekit/testing';
import { RestoreService } from './restore-service.ts';

const emulator = cloudFoundryEmulator({ scenario: { durationMs: 5_000 } });
const foundation = await emulator.listen();
// In your own service, use a store that the next pod can reach: sqlStore or objectStore.
const store = memoryStore();
const open = () =>
  new RestoreService({
    client: new CloudFoundryClient({
      baseUrl: foundation.url,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
    }),
    store,
    cadence: () => 500,
  });

const order = {
  key: 'CHANGE-4711',
  into: 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c',
  backupId: '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55',
};
const post = async (url: string) => {
  const answer = await fetch(`${url}/restores`, { method: 'POST', body: JSON.stringify(order) });
  console.log('ordered:', answer.status, await answer.text());
};

const first = open();
await post(await first.listen());
await sleep(1_500);
await first.stop();
console.log('the first process is gone');

const second = open();
const url = await second.listen();
await post(url);
for (;;) {
  const { state, endedAs, seen } = (await (await fetch(`${url}/restores/${order.key}`)).json()) as Record<
    string,
    unknown
  >;
  console.log(state, endedAs ?? (seen as { readonly message?: string } | undefined)?.message ?? '');
  if (state === 'ended') break;
  await sleep(1_000);
}
await second.stop();
await foundation.close();
console.log('starts on the wire:', emulator.restores.length);
