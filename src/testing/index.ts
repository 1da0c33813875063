export type { Deviation } from './deviation.ts';
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
export * from './systems.ts';
export { type VirtualClock, virtualClock } from './virtual-clock.ts';
