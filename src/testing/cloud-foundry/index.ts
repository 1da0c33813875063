export {
  type CloudFoundryEmulator,
  type CloudFoundryEmulatorOptions,
  type CloudFoundryInstanceState,
  cloudFoundryEmulator,
} from './emulator.ts';
export type { CloudFoundryScenario } from './scenario.ts';
export { type CloudFoundryScenarioName, cloudFoundryScenarios } from './scenarios.ts';
