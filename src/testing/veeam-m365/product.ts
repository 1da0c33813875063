import type { Product } from '../product.ts';
import { veeamM365Emulator } from './emulator.ts';
import type { VeeamM365Scenario } from './scenario.ts';
import { veeamM365Scenarios } from './scenarios.ts';

const form = { grant_type: 'password', username: 'DOMAIN\\administrator', password: 'secret' };

export const product: Product<VeeamM365Scenario> = {
  scenarios: veeamM365Scenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) => veeamM365Emulator({ clock, scenario, password: secret }),
  logIn: async (ask) => {
    const granted = (await ask('POST', '/v6/token', { form })) ?? (await ask('POST', '/v5/token', { form }));
    return { authorization: `Bearer ${(granted as { readonly access_token?: string } | undefined)?.access_token}` };
  },
  bodies: {
    createToken: [form],
    exploreOrganization: [{ dateTime: '2026-01-01T00:00:00Z', type: 'Vex' }],
  },
};
