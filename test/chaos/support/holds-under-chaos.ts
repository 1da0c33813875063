import { describe, expect, it } from 'vitest';
import { runs } from '../../support/effort.ts';
import type { Arena } from './arena.ts';
import { checkChaos, noBreaks } from './check-chaos.ts';
import { hazardNames } from './hazard-names.ts';
import { isKnownToFail } from './known-to-fail.ts';

/** One that comes to each end, and to each way not to know it, within the runs of `npm test`. */
const SEED = 2;
const RUNS = runs(30);
const RUNS_WITH_HAZARD = runs(5);
/** Some are fooled only now and then; the first time is enough. */
const MOST_RUNS_UNTIL_FOOLED = 300;

/** A few of the schedules that `npm run chaos` has thousands of, the same each time. */
export function holdsUnderChaos<Extra>(arena: Arena<Extra>): void {
  it(`${arena.name} is told truly or not at all, whatever goes wrong`, { timeout: 180_000 }, async () => {
    const report = await checkChaos(arena, { seed: SEED, runs: RUNS });

    expect(report.failure ?? 'nothing').toBe('nothing');
    expect(report.broken).toEqual(noBreaks());
    // They play what they are meant to: each end is seen, and each way not to know it.
    const seen = Object.keys(report.counts);
    for (const end of arena.truths) expect(seen).toContain(end);
    for (const unknown of ['WaitTimeoutError', 'WaitAbortedError', 'OutageError']) {
      expect(seen).toContain(`unknown: ${unknown}`);
    }
    expect(seen).toContain('resumed: known');
    expect(seen.join()).toContain('start unknown');
  });

  describe.each(hazardNames)(`${arena.name}, with the hazard %s`, (hazard) => {
    const run = { seed: SEED, runs: RUNS_WITH_HAZARD, hazard };

    if (isKnownToFail(arena.name, hazard)) {
      it('is known to be fooled; take it off known-to-fail.ts when this fails', { timeout: 180_000 }, async () => {
        const report = await checkChaos(arena, { ...run, runs: MOST_RUNS_UNTIL_FOOLED, isExplained: false });

        expect(report.broken).not.toEqual(noBreaks());
      });
    } else {
      it('is told truly or not at all', { timeout: 180_000 }, async () => {
        const report = await checkChaos(arena, run);

        expect(report.failure ?? 'nothing').toBe('nothing');
        expect(report.broken).toEqual(noBreaks());
      });
    }
  });
}
