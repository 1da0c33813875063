import { CloudFoundryClient, type CloudFoundryClientOptions, uaaPassword } from '../../src/cloud-foundry/index.ts';
import { type CloudFoundryEmulatorOptions, cloudFoundryEmulator } from '../../src/testing/cloud-foundry/emulator.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';

export const BASE = 'https://api.example.org';
export const ORDERS = 'c89b3280-fe8d-4aa0-a42e-44465bb1c61c';
export const BILLING = '88ce23e5-27c3-4381-a2df-32a28ec43133';
export const BACKUP = '2f9a1a4e-6d3f-4c39-8c8e-6a1b6a1d7c55';
export const RESTORE = { into: ORDERS, from: { backupId: BACKUP } } as const;

/** An emulated foundation and a client on one virtual clock. */
export function foundation(
  scenario: CloudFoundryEmulatorOptions['scenario'] & {} = {},
  options: Partial<CloudFoundryClientOptions> = {},
) {
  const clock = virtualClock(Date.UTC(2026, 3, 23, 9, 0, 0));
  const emulator = cloudFoundryEmulator({ clock, scenario });
  const newClient = () =>
    new CloudFoundryClient({
      baseUrl: BASE,
      auth: uaaPassword({ username: 'admin', password: 'secret' }),
      fetch: emulator.fetch,
      clock,
      ...options,
    });
  const sent = (operationId: string) => emulator.requests.filter((request) => request.operationId === operationId);
  return { clock, emulator, newClient, cf: newClient(), sent };
}
