import { veeamM365Emulator } from '../../src/testing/veeam-m365/emulator.ts';
import type { VeeamM365Scenario, VeeamVersion } from '../../src/testing/veeam-m365/scenario.ts';
import type { VeeamM365ScenarioName } from '../../src/testing/veeam-m365/scenarios.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { veeamPassword } from '../../src/veeam-m365/index.ts';
import { checkedRequests } from './checked-requests.ts';
import { BASE_URL, CLIENTS } from './support.ts';

/** A client whose requests are compared with the document of its version, and the emulated server that it talks to. */
export function stage(version: VeeamVersion, scenario: VeeamM365Scenario | VeeamM365ScenarioName = {}) {
  const clock = virtualClock();
  const emulator = veeamM365Emulator({ clock, scenario });
  const requests = checkedRequests(version, emulator.fetch);
  const veeam = new CLIENTS[version]({
    baseUrl: BASE_URL,
    auth: veeamPassword({ username: 'DOMAIN\\administrator', password: 'secret' }),
    fetch: requests.fetch,
    clock,
  });
  const open = (type: 'exchange' | 'onedrive' | 'sharepoint' | 'teams') =>
    veeam.organizations.explore(emulator.organizationId, { dateTime: new Date(clock.now()), type });
  return { clock, emulator, requests, veeam, open };
}
