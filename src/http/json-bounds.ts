/** Limits of a JSON text. */
export interface JsonLimits {
  /** The number of members of all objects, and the number of items of all lists. */
  readonly keys: number;
  readonly depth: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * Counts the keys, the items and the levels of a JSON text while it arrives, without parsing it. A text that is too
 * deep would overflow the stack of a parser, and a million keys take it seconds. Takes time linear in the length of
 * the text.
 */
export class JsonBounds {
  readonly #limits: JsonLimits;
  #keys = 0;
  #items = 0;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** For each open level, whether it is a list. */
  readonly #isList: boolean[] = [];

  constructor(limits: JsonLimits) {
    this.#limits = limits;
  }

  /** Takes the next part of the text. Returns a text that says which limit is exceeded; undefined if none is. */
  add(chunk: string): string | undefined {
    let isInString = this.#isInString;
    let isEscaped = this.#isEscaped;
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk.charCodeAt(at);
      if (!isInString) {
        isInString = code === QUOTE;
        const excess = isInString ? undefined : this.#count(code);
        if (excess !== undefined) return excess;
      } else if (isEscaped) {
        isEscaped = false;
      } else {
        isEscaped = code === BACKSLASH;
        isInString = code !== QUOTE;
      }
    }
    this.#isInString = isInString;
    this.#isEscaped = isEscaped;
    return undefined;
  }

  #count(code: number): string | undefined {
    const { keys, depth } = this.#limits;
    switch (code) {
      case COLON:
        this.#keys += 1;
        return this.#keys > keys ? `more than ${keys} keys` : undefined;
      case COMMA:
        if (!this.#isList[this.#depth]) return undefined;
        this.#items += 1;
        return this.#items >= keys ? `more than ${keys} items` : undefined;
      case OPEN_LIST:
      case OPEN_OBJECT:
        this.#depth += 1;
        this.#isList[this.#depth] = code === OPEN_LIST;
        return this.#depth > depth ? `more than ${depth} levels of nesting` : undefined;
      case CLOSE_LIST:
      case CLOSE_OBJECT:
        this.#depth -= 1;
        return undefined;
      default:
        return undefined;
    }
  }
}
