import type { DocSpaceScenario } from './scenario.ts';
import { accessScenarios } from './scenarios/access.ts';
import { answerScenarios } from './scenarios/answers.ts';
import { backupScenarios } from './scenarios/backups.ts';
import { endScenarios } from './scenarios/ends.ts';
import { lateFailureScenarios } from './scenarios/late-failures.ts';
import { startScenarios } from './scenarios/start.ts';
import { viewScenarios } from './scenarios/view.ts';

/** Ready scenarios by name, each with the traps that it stages. */
export const docspaceScenarios = {
  ...endScenarios,
  ...lateFailureScenarios,
  ...viewScenarios,
  ...startScenarios,
  ...accessScenarios,
  ...answerScenarios,
  ...backupScenarios,
} as const satisfies Record<string, DocSpaceScenario>;

export type DocSpaceScenarioName = keyof typeof docspaceScenarios;
