import { restoreScenarios } from './restore-scenarios.ts';
import type { VeeamM365Scenario } from './scenario.ts';
import { sessionScenarios } from './session-scenarios.ts';
import { startScenarios } from './start-scenarios.ts';
import { wireScenarios } from './wire-scenarios.ts';

/** Scenarios that are ready to use, by name. */
export const veeamM365Scenarios = {
  ...sessionScenarios,
  ...startScenarios,
  ...restoreScenarios,
  ...wireScenarios,
} as const satisfies Record<string, VeeamM365Scenario>;

export type VeeamM365ScenarioName = keyof typeof veeamM365Scenarios;
