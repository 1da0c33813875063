/**
 * SHA-256 of a text in UTF-8, in hexadecimal digits. Unlike `crypto.subtle` it is synchronous, and it is available on
 * every platform.
 * @see https://csrc.nist.gov/pubs/fips/180-4/upd1/final
 */
export function sha256(text: string): string {
  const state = fractionsOf(8, Math.sqrt);
  const constants = fractionsOf(64, Math.cbrt);
  const message = padded(new TextEncoder().encode(text));
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    compress(state, scheduleOf(message, offset), constants);
  }
  return state.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer((((bytes.length + 8) >> 6) + 1) << 6));
  bytes.forEach((byte, index) => {
    view.setUint8(index, byte);
  });
  view.setUint8(bytes.length, 0x80);
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(view.byteLength - 4, (bytes.length << 3) >>> 0);
  return view;
}

function scheduleOf(message: DataView, offset: number): Int32Array {
  const schedule = new Int32Array(64);
  const at = (index: number): number => schedule[index] ?? 0;
  for (let t = 0; t < 16; t += 1) schedule[t] = message.getInt32(offset + t * 4);
  for (let t = 16; t < 64; t += 1) {
    const small0 = rotated(at(t - 15), 7) ^ rotated(at(t - 15), 18) ^ (at(t - 15) >>> 3);
    const small1 = rotated(at(t - 2), 17) ^ rotated(at(t - 2), 19) ^ (at(t - 2) >>> 10);
    schedule[t] = at(t - 16) + small0 + at(t - 7) + small1;
  }
  return schedule;
}

function compress(state: number[], schedule: Int32Array, constants: readonly number[]): void {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t += 1) {
    const big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25);
    const first = (h + big1 + ((e & f) ^ (~e & g)) + (constants[t] ?? 0) + (schedule[t] ?? 0)) | 0;
    const big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22);
    const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = ((state[index] ?? 0) + word) | 0;
  });
}

function rotated(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The constants of the standard: the first 32 bits of the fractional parts of the roots of the first primes. */
function fractionsOf(count: number, root: (prime: number) => number): number[] {
  const fractions: number[] = [];
  for (let candidate = 2; fractions.length < count; candidate += 1) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) isPrime &&= candidate % divisor !== 0;
    if (isPrime) fractions.push(((root(candidate) % 1) * 2 ** 32) | 0);
  }
  return fractions;
}
