/** The scenario itself, or the one of that name. */
export function chooseScenario<S extends object>(
  named: Readonly<Record<string, S>>,
  given: S | string | undefined,
): S | Record<string, never> {
  if (typeof given !== 'string') return given ?? {};
  const found = Object.hasOwn(named, given) ? named[given] : undefined;
  if (!found) throw new RangeError(`No scenario '${given}'. There are: ${Object.keys(named).join(', ')}.`);
  return found;
}
