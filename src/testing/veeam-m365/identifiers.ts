/** Ids and tokens that seem random and are the same in every run. */
export class Identifiers {
  #drawn = 0;

  uuid(): string {
    const hex = this.#hex(32);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  token(): string {
    return this.#hex(96);
  }

  #hex(length: number): string {
    let text = '';
    while (text.length < length) {
      this.#drawn += 1;
      text += scramble(this.#drawn).toString(16).padStart(8, '0');
    }
    return text.slice(0, length);
  }
}

// The finaliser of MurmurHash3: neighbouring counters give unlike words.
function scramble(counter: number): number {
  let word = Math.imul(counter, 0x9e3779b9);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
