export {
  type EmulatedMailbox,
  type EmulatedSession,
  type VeeamM365Emulator,
  type VeeamM365EmulatorOptions,
  veeamM365Emulator,
} from './emulator.ts';
export type { EmulatedMailboxRestore } from './mailbox-restores.ts';
export type { VeeamM365Scenario } from './scenario.ts';
export { type VeeamM365ScenarioName, veeamM365Scenarios } from './scenarios.ts';
