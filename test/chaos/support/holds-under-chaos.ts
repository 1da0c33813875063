import { expect, it } from 'vitest';
import type { Arena } from './arena.ts';
import { checkChaos } from './check-chaos.ts';

const SEED = 20_260_423;
const RUNS = 60;

/** A few of the schedules that `npm run chaos` has thousands of, the same each time. */
export function holdsUnderChaos<Extra>(arena: Arena<Extra>): void {
  it(`${arena.name} is told truly or not at all, whatever goes wrong`, { timeout: 180_000 }, async () => {
    const report = await checkChaos(arena, { seed: SEED, runs: RUNS });

    expect(report.failure ?? 'nothing').toBe('nothing');
    expect(report.runs).toBe(RUNS);
    // They play what they are meant to: each end is seen, and each way not to know it.
    const seen = Object.keys(report.counts);
    for (const end of arena.truths) expect(seen).toContain(end);
    for (const unknown of ['WaitTimeoutError', 'WaitAbortedError', 'OutageError']) {
      expect(seen).toContain(`unknown: ${unknown}`);
    }
    expect(seen).toContain('resumed: known');
    expect(seen.join()).toContain('start unknown');
  });
}
