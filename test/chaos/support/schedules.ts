import * as fc from 'fast-check';
import type { Arena } from './arena.ts';
import type { HazardName } from './hazard-names.ts';
import { hazards } from './hazards.ts';
import type { Schedule, WaitPlan } from './schedule.ts';
import { HOUR, logUniform, MINUTE, SECOND, seldom } from './times.ts';
import { wireFaults } from './wire-faults.ts';

function waitPlan(durationMs: number): fc.Arbitrary<WaitPlan> {
  return fc.record({
    timeoutMs: fc.oneof(fc.constant(12 * HOUR), logUniform(5 * SECOND, 6 * HOUR)),
    outageToleranceMs: seldom(logUniform(MINUTE, 6 * HOUR)),
    // Seldom enough that a run of hours stays cheap.
    everyMs: seldom(logUniform(Math.max(5 * SECOND, durationMs / 200), 10 * MINUTE)),
    acceptsPartial: fc.boolean(),
    abortAtMs: seldom(logUniform(SECOND, 4 * HOUR)),
  });
}

/** Every schedule of one system; with `hazard`, that one is in each of them. */
export function schedules<Extra>(arena: Arena<Extra>, hazard?: HazardName): fc.Arbitrary<Schedule<Extra>> {
  const plain = logUniform(SECOND, 3 * HOUR).chain((durationMs) =>
    fc.record({
      durationMs: fc.constant(durationMs),
      truth: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...arena.truths) },
        { weight: 1, arbitrary: fc.constant('never' as const) },
      ),
      // A hazard is to be seen for what it does, so that little else goes wrong beside it.
      wire: hazard === undefined ? wireFaults(durationMs) : fc.constant([]),
      waits: fc.array(waitPlan(durationMs), { minLength: 1, maxLength: 3 }),
      jumps: hazard === undefined ? someJumps : fc.constant([]),
      requestTimeoutMs: seldom(logUniform(5 * SECOND, 10 * MINUTE)),
      hazard: fc.constant(undefined),
      extra: arena.extra,
    }),
  );
  if (hazard === undefined) return plain;
  return plain.chain((schedule) => hazards[hazard](schedule).map((changes) => ({ ...schedule, ...changes })));
}

const someJumps = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ atMs: logUniform(SECOND, 3 * HOUR), byMs: logUniform(100, 3 * HOUR) }), {
      maxLength: 2,
    }),
  },
);
