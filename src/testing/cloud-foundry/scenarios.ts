import { accessScenarios } from './access-scenarios.ts';
import { discoveryScenarios } from './discovery-scenarios.ts';
import { jobScenarios } from './job-scenarios.ts';
import type { CloudFoundryScenario } from './scenario.ts';
import { startScenarios } from './start-scenarios.ts';

/** Ready scenarios by name. */
export const cloudFoundryScenarios = {
  ...startScenarios,
  ...jobScenarios,
  ...accessScenarios,
  ...discoveryScenarios,
} as const satisfies Record<string, CloudFoundryScenario>;

export type CloudFoundryScenarioName = keyof typeof cloudFoundryScenarios;
