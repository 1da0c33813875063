import type { OverheadRow } from '../figures.ts';
import { runNode } from '../support/run-node.ts';

export function measureOverhead(isQuick: boolean): OverheadRow[] {
  const figures = runNode<Record<string, { wallUs: number; cpuUs: number }>>('overhead.mjs', [isQuick ? 200 : 1_000]);
  return Object.entries(figures).map(([what, each]) => ({ what, isOurs: what.startsWith('restorekit'), ...each }));
}
