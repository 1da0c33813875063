import type { DocSpaceScenario, DocSpaceServer } from './scenario.ts';

const VERSIONS: readonly DocSpaceServer[] = ['3.0', '3.6', '3.7', '3.8'];

/** Whether the emulated server is of that version or newer. */
export function isAtLeast({ server = '3.7' }: DocSpaceScenario, version: DocSpaceServer): boolean {
  return VERSIONS.indexOf(server) >= VERSIONS.indexOf(version);
}
