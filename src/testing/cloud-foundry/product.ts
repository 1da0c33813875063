import type { Product } from '../product.ts';
import { cloudFoundryEmulator } from './emulator.ts';
import type { CloudFoundryScenario } from './scenario.ts';
import { cloudFoundryScenarios } from './scenarios.ts';

export const product: Product<CloudFoundryScenario> = {
  scenarios: cloudFoundryScenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) =>
    cloudFoundryEmulator({ clock, scenario, credentials: { username: 'admin', password: secret } }),
};
