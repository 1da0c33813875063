/** How many times the runs of `npm test` are made. `.ci/run` asks for more than 1. */
const effort = Number(process.env.RESTOREKIT_EFFORT ?? 1);

/** The number of runs of a property or a simulation: what fits into `npm test`, times `RESTOREKIT_EFFORT`. */
export function runs(inNpmTest: number): number {
  return Math.ceil(inNpmTest * effort);
}
