import { archiveScenarios } from './archive-scenarios.ts';
import { environmentScenarios } from './environment-scenarios.ts';
import { fileScenarios } from './file-scenarios.ts';
import { jobScenarios } from './job-scenarios.ts';
import { loginScenarios } from './login-scenarios.ts';
import type { OracleEpmScenario } from './scenario.ts';
import { startScenarios } from './start-scenarios.ts';

/** Ready scenarios by name. */
export const oracleEpmScenarios = {
  ...startScenarios,
  ...jobScenarios,
  ...environmentScenarios,
  ...archiveScenarios,
  ...fileScenarios,
  ...loginScenarios,
} as const satisfies Record<string, OracleEpmScenario>;

export type OracleEpmScenarioName = keyof typeof oracleEpmScenarios;
