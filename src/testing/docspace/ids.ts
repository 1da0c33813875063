/** A GUID that depends only on its family and number, so that runs are comparable. */
export function guid(family: number, number: number): string {
  return `${hex(family, 8)}-${hex(family + 1, 4)}-4${hex(family + 2, 3)}-a${hex(family + 3, 3)}-${number.toString(16).padStart(12, '0')}`;
}

/** Hexadecimal digits that seem random and depend only on the seed. */
export function hex(seed: number, length: number): string {
  let state = (seed * 0x9e3779b1) >>> 0;
  let text = '';
  while (text.length < length) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    text += ((mixed ^ (mixed >>> 14)) >>> 0).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}
