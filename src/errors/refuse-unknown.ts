import { ConfigurationError } from './configuration-error.ts';

/** Below this likeness, two names share letters by chance. */
const LEAST_LIKENESS = 0.4;

/**
 * Refuses option names that are not in `known`. Otherwise a misspelt option would have no effect, and nobody would
 * notice.
 * @throws {ConfigurationError} names the option and the one that was probably meant
 */
export function refuseUnknown(options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const [best = '', likeness = 0] = known
      .map((each): [string, number] => [each, likenessOf(name, each)])
      .reduce((first, each) => (each[1] > first[1] ? each : first));
    throw new ConfigurationError(
      name,
      `is not known here. ${likeness >= LEAST_LIKENESS ? `Did you mean '${best}'?` : `There are: ${known.join(', ')}.`}`,
    );
  }
}

/** The share of letter pairs that two names have in common, from 0 to 1. */
function likenessOf(one: string, other: string): number {
  const pairs = pairsOf(one);
  const others = pairsOf(other);
  const common = pairs.filter((pair) => others.includes(pair)).length;
  return (2 * common) / (pairs.length + others.length);
}

function pairsOf(name: string): string[] {
  const text = name.toLowerCase();
  return Array.from({ length: text.length - 1 }, (_, index) => text.slice(index, index + 2));
}
