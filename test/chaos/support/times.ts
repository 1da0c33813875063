import * as fc from 'fast-check';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

const STEPS = 1_000;

/** Milliseconds between two bounds, each order of magnitude as likely as the next; shrinks to the lower one. */
export function logUniform(low: number, high: number): fc.Arbitrary<number> {
  return fc.nat({ max: STEPS }).map((step) => Math.round(low * (high / low) ** (step / STEPS)));
}

/** Absent `weight` times as often as present; shrinks to absent. */
export function seldom<T>(value: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T | undefined> {
  return fc.oneof(
    { withCrossShrink: true },
    { weight, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: value },
  );
}
