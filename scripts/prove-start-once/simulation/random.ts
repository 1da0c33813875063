/** Mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Random = () => number;

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('There is nothing to pick from.');
  return item;
}

/** Between two bounds, each order of magnitude as likely as the next. */
export function logUniform(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random());
}

/** One of the names by their shares; undefined for what is left of 1. */
export function byShare<Name extends string>(random: Random, shares: Readonly<Record<Name, number>>): Name | undefined {
  let left = random();
  for (const [name, share] of Object.entries<number>(shares)) {
    left -= share;
    if (left < 0) return name as Name;
  }
  return undefined;
}
