export { type OracleEpmEmulator, type OracleEpmEmulatorOptions, oracleEpmEmulator } from './emulator.ts';
export type { OracleEpmScenario } from './scenario.ts';
export { type OracleEpmScenarioName, oracleEpmScenarios } from './scenarios.ts';
