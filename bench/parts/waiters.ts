import type { WaiterRow } from '../figures.ts';
import { median } from '../support/median.ts';
import { runNode } from '../support/run-node.ts';

const ROUNDS = 3;
const HELPERS = ['bare', 'restorekit', 'p-wait-for', 'gax', 'util-waiter', 'oci', 'core-lro'];

/** Measures the heap of a sleeping wait and the CPU of a poll, in separate processes and in turns. */
export function measureWaiters(isQuick: boolean): WaiterRow[] {
  const all = HELPERS.map((helper) => ({ helper, heap: [] as number[], cpu: [] as Cpu[] }));
  for (let round = 0; round < (isQuick ? 1 : ROUNDS); round += 1) {
    for (const { helper, heap, cpu } of all) {
      heap.push(runNode<{ bytes: number }>('heap.mjs', [helper, 10_000], ['--expose-gc']).bytes);
      cpu.push(runNode<Cpu>('cpu.mjs', [helper, isQuick ? 20_000 : 100_000]));
    }
  }
  return all.map(({ helper, heap, cpu }) => ({
    what: helper === 'bare' ? 'a bare loop' : helper,
    isOurs: helper === 'restorekit',
    heapBytes: median(heap),
    backToBackUs: median(cpu.map((each) => each.backToBackUs)),
    onTimersUs: median(cpu.map((each) => each.onTimersUs)),
  }));
}

interface Cpu {
  readonly backToBackUs: number;
  readonly onTimersUs: number;
}
