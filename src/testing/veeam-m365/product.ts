import type { Product } from '../product.ts';
import { veeamM365Emulator } from './emulator.ts';
import type { VeeamM365Scenario } from './scenario.ts';
import { veeamM365Scenarios } from './scenarios.ts';
import { VERSIONS } from './versions.ts';

const form = {
  grant_type: 'password',
  username: 'DOMAIN\\administrator',
  password: 'secret',
  disable_antiforgery_token: 'true',
};

/** What a session shows beside mailboxes: each product has sessions and ids of its own. */
const CONTENT = /Mailbox(?:Folder|Item)|^(?:search|export)Mailbox|OneDrive|Site|Team|DeviceCode/;

export const product: Product<VeeamM365Scenario> = {
  scenarios: veeamM365Scenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) => veeamM365Emulator({ clock, scenario, password: secret }),
  logIn: async (ask) => {
    for (const version of [...VERSIONS].reverse()) {
      const granted = await ask('POST', `/${version}/token`, { form });
      if (granted) return { authorization: `Bearer ${(granted as { readonly access_token?: string }).access_token}` };
    }
    return {};
  },
  isScripted: (operationId) => CONTENT.test(operationId),
  bodies: {
    createToken: [form],
    exploreOrganization: [{ dateTime: '2026-01-01T00:00:00Z', type: 'Vex' }],
  },
};
