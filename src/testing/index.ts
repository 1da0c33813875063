export {
  type CloudFoundryEmulator,
  type CloudFoundryEmulatorOptions,
  type CloudFoundryInstanceState,
  cloudFoundryEmulator,
} from './cloud-foundry/emulator.ts';
export type { CloudFoundryScenario } from './cloud-foundry/scenario.ts';
export { type CloudFoundryScenarioName, cloudFoundryScenarios } from './cloud-foundry/scenarios.ts';
export type { Deviation } from './deviation.ts';
export { type DocSpaceBackup, docspaceBackups, docspaceFiles } from './docspace/archives.ts';
export { type DocSpaceCredentials, docspaceCredentials } from './docspace/credentials.ts';
export { type DocSpaceEmulator, type DocSpaceEmulatorOptions, docspaceEmulator } from './docspace/emulator.ts';
export type { DocSpaceScenario } from './docspace/scenario.ts';
export { type DocSpaceScenarioName, docspaceScenarios } from './docspace/scenarios.ts';
export type {
  EmulatedRestore,
  EmulatedRoute,
  Emulator,
  EmulatorOptions,
  RecordedRequest,
  ScenarioBase,
} from './emulator.ts';
export type { CarriedOut, FaultAim, ReplacingFault, RetryAfterFault, SpoilingFault, WireFault } from './fault-wire.ts';
export type { CommonFaults, Outage, Window } from './faults.ts';
export type { EmulatorServer } from './listen.ts';
export type { GatewayForm, NamedFaults } from './named-faults.ts';
export { type OracleEpmEmulator, type OracleEpmEmulatorOptions, oracleEpmEmulator } from './oracle-epm/emulator.ts';
export type { OracleEpmScenario } from './oracle-epm/scenario.ts';
export { type OracleEpmScenarioName, oracleEpmScenarios } from './oracle-epm/scenarios.ts';
export {
  type EmulatedMailbox,
  type EmulatedSession,
  type VeeamM365Emulator,
  type VeeamM365EmulatorOptions,
  veeamM365Emulator,
} from './veeam-m365/emulator.ts';
export type { EmulatedMailboxRestore } from './veeam-m365/mailbox-restores.ts';
export type { VeeamM365Scenario } from './veeam-m365/scenario.ts';
export { type VeeamM365ScenarioName, veeamM365Scenarios } from './veeam-m365/scenarios.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
