import type { Product } from '../product.ts';
import { cloudFoundryEmulator } from './emulator.ts';
import type { CloudFoundryScenario } from './scenario.ts';
import { cloudFoundryScenarios } from './scenarios.ts';

export const product: Product<CloudFoundryScenario> = {
  scenarios: cloudFoundryScenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) =>
    cloudFoundryEmulator({ clock, scenario, credentials: { username: 'admin', password: secret } }),
  logIn: async (ask) => {
    const root = (await ask('GET', '/')) as
      | { readonly links?: { readonly login?: { readonly href?: string } } }
      | undefined;
    const granted = await ask('POST', `${root?.links?.login?.href ?? ''}/oauth/token`, {
      form: { grant_type: 'password', username: 'admin', password: 'secret' },
      headers: { authorization: `Basic ${btoa('cf:')}` },
    });
    return { authorization: `bearer ${(granted as { readonly access_token?: string } | undefined)?.access_token}` };
  },
};
