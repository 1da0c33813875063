import type { ScaleRow, VirtualRow } from '../figures.ts';
import { median } from '../support/median.ts';
import { runNode } from '../support/run-node.ts';

const WAYS = [
  'bare loop',
  'bare loop, 64 in flight',
  'util-waiter',
  'core-lro',
  'restorekit operations',
  'restorekit client',
];
type Measured = Omit<ScaleRow, 'what' | 'isOurs' | 'waits'>;

/** Waits for restores over loopback: one start and five polls each. */
export function measureScale(isQuick: boolean): ScaleRow[] {
  const series = [
    { waits: 1, rounds: 3 },
    { waits: 100, rounds: 3 },
    { waits: 1_000, rounds: 3 },
    { waits: 10_000, rounds: 1 },
  ];
  return series.slice(0, isQuick ? 3 : 4).flatMap(({ waits, rounds }) => {
    const all = WAYS.map((what) => ({ what, runs: [] as Measured[] }));
    for (let round = 0; round < (isQuick ? 1 : rounds); round += 1) {
      for (const { what, runs } of all) runs.push(runNode<Measured>('scale.mjs', [what, waits]));
    }
    return all.map(({ what, runs }) => {
      const of = (key: keyof Measured) => median(runs.map((run) => run[key]));
      return {
        what,
        isOurs: what.startsWith('restorekit'),
        waits,
        wallS: of('wallS'),
        cpuS: of('cpuS'),
        peakHeapPerWait: of('peakHeapPerWait'),
        peakRssMb: of('peakRssMb'),
        requests: of('requests'),
        lost: Math.max(...runs.map((run) => run.lost)),
      };
    });
  });
}

/** Waits for whole restores, hours long, in virtual time. */
export function measureVirtual(isQuick: boolean): VirtualRow[] {
  const waits = isQuick ? 5_000 : 100_000;
  return ['bare', 'util-waiter', 'gax', 'oci', 'restorekit'].map((what) => ({
    what: what === 'bare' ? 'a bare loop, 30 s' : what,
    isOurs: what === 'restorekit',
    waits,
    ...runNode<Omit<VirtualRow, 'what' | 'isOurs' | 'waits'>>(
      'virtual.mjs',
      [what, waits],
      ['--expose-gc', '--max-old-space-size=4096'],
    ),
  }));
}
