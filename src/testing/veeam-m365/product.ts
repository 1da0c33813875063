import type { Product } from '../product.ts';
import { veeamM365Emulator } from './emulator.ts';
import type { VeeamM365Scenario } from './scenario.ts';
import { veeamM365Scenarios } from './scenarios.ts';

export const product: Product<VeeamM365Scenario> = {
  scenarios: veeamM365Scenarios,
  make: ({ clock, scenario = {}, secret = 'secret' }) => veeamM365Emulator({ clock, scenario, password: secret }),
};
