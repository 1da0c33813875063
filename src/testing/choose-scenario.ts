/** The scenario itself, or the scenario with that name. */
export function chooseScenario<S extends object>(
  named: Readonly<Record<string, S>>,
  scenario: S | string | undefined,
): S | Record<string, never> {
  if (typeof scenario !== 'string') return scenario ?? {};
  const found = Object.hasOwn(named, scenario) ? named[scenario] : undefined;
  if (!found) throw new RangeError(`No scenario '${scenario}'. There are: ${Object.keys(named).join(', ')}.`);
  return found;
}
