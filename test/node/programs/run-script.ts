import { CloudFoundryClient, uaaPassword } from '../../../src/cloud-foundry/index.ts';
import { runScript } from '../../../src/node/index.ts';
import { cloudFoundryEmulator } from '../../../src/testing/index.ts';

const [ending = 'complete'] = process.argv.slice(2);
const emulator = cloudFoundryEmulator({
  scenario: {
    durationMs: ending === 'never' || ending === 'stays' ? 3_600_000 : 500,
    ending: ending === 'failed' ? 'failed' : 'complete',
  },
});
const cf = new CloudFoundryClient({
  baseUrl: 'https://api.example.org',
  auth: uaaPassword({ username: 'admin', password: 'secret' }),
  fetch: emulator.fetch,
});

await runScript(async ({ signal, display }) => {
  if (ending === 'nothing') return undefined;
  const into = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
  const operation = await cf.serviceInstances.restore({ into, from: 'server-default' }, { signal });
  const wait = display.wait(operation, { label: 'orders-db', cadence: () => 200 });
  return ending === 'stays' ? wait.catch(() => new Promise<undefined>((resolve) => setTimeout(resolve, 60_000))) : wait;
});
process.stdout.write('after the script\n');
