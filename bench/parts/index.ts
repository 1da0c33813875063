import { defaultPopulation } from '../cadence/operations.ts';
import type { Figures } from '../figures.ts';
import { measureFootprint } from './footprint.ts';
import { measureImports } from './imports.ts';
import { measureOverhead } from './overhead.ts';
import { measureScale, measureVirtual } from './scale.ts';
import { measureSessions } from './sessions.ts';
import { measureSizes } from './sizes.ts';
import { measureWaiters } from './waiters.ts';

type Part = Exclude<keyof Figures, 'machine' | 'versions'>;

/** The parts in the order in which they run. `isQuick` leaves out what takes minutes. */
export const parts: { readonly [P in Part]: (isQuick: boolean) => Promise<Figures[P]> | Figures[P] } = {
  sizes: measureSizes,
  footprint: measureFootprint,
  imports: measureImports,
  waiters: measureWaiters,
  overhead: measureOverhead,
  sessions: measureSessions,
  cadence: async (isQuick) => {
    const population = { ...defaultPopulation, operations: isQuick ? 300 : defaultPopulation.operations };
    // Imported here, because it imports dist, which may have to be built first.
    const { simulateCadence } = await import('../cadence/simulate.ts');
    return { population, tables: await simulateCadence(population) };
  },
  virtual: measureVirtual,
  scale: measureScale,
};

export const partNames = Object.keys(parts) as Part[];

export function isPart(name: string): name is Part {
  return name in parts;
}
