/** The one entry of a script, or its entries one after the other, the last one for good. */
export function inTurn<T extends object>(script: T | readonly T[]): (index: number) => T {
  const entries = [script].flat() as readonly T[];
  return (index) => {
    const entry = entries[Math.min(index, entries.length - 1)];
    if (entry === undefined) throw new Error('The script is empty.');
    return entry;
  };
}
