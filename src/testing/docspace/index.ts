export { type DocSpaceBackup, docspaceBackups, docspaceFiles, docspaceFolders } from './archives.ts';
export { type DocSpaceCredentials, docspaceCredentials } from './credentials.ts';
export { type DocSpaceEmulator, type DocSpaceEmulatorOptions, docspaceEmulator } from './emulator.ts';
export type { DocSpaceScenario } from './scenario.ts';
export { type DocSpaceScenarioName, docspaceScenarios } from './scenarios.ts';
