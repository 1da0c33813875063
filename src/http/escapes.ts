import { namedCharacter } from './named-characters.ts';

/** A text with one level of escapes removed, with the positions that its characters had before. */
export interface Unescaped {
  readonly text: string;
  /** The position in the original text of the character at `position`. */
  readonly sourceOf: (position: number) => number;
}

interface Escape {
  readonly value: string;
  readonly length: number;
}

const PERCENT = 0x25;
const AMPERSAND = 0x26;
const BACKSLASH = 0x5c;
const SEMICOLON = 0x3b;
const LONGEST_REFERENCE = 16;

/**
 * Decodes each escape of URLs, JSON, source code and HTML once; undefined if there is none. A text that was escaped
 * twice needs two calls. Takes time linear in the length of the text.
 */
export function unescapeOnce(text: string): Unescaped | undefined {
  const parts: string[] = [];
  /** Start positions of the pieces, in the result and in the original text. */
  const begins: number[] = [];
  const sources: number[] = [];
  let copied = 0;
  let length = 0;
  const add = (part: string, source: number) => {
    begins.push(length);
    sources.push(source);
    parts.push(part);
    length += part.length;
  };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit !== PERCENT && unit !== BACKSLASH && unit !== AMPERSAND) continue;
    const found = unit === PERCENT ? percent(text, at) : unit === BACKSLASH ? backslash(text, at) : reference(text, at);
    if (found === undefined) continue;
    if (at > copied) add(text.slice(copied, at), copied);
    add(found.value, at);
    copied = at + found.length;
    at = copied - 1;
  }
  if (parts.length === 0) return undefined;
  add(text.slice(copied), copied);
  return { text: parts.join(''), sourceOf: (position) => sourceOf(position, begins, sources) };
}

function sourceOf(position: number, begins: readonly number[], sources: readonly number[]): number {
  let low = 0;
  let high = begins.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((begins[middle] ?? 0) <= position) low = middle;
    else high = middle - 1;
  }
  return (sources[low] ?? 0) + position - (begins[low] ?? 0);
}

/** `%2A`, `%C3%BC` and the `%u00FC` of old scripts. */
function percent(text: string, at: number): Escape | undefined {
  if ((text.charCodeAt(at + 1) | 0x20) === 0x75) return unit(text, at, 2);
  return bytes(text, at, 1);
}

const CONTROLS: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** `\"`, `\/`, `\n`, `\u00fc` of JSON, and `\xC3\xBC` of source code. */
function backslash(text: string, at: number): Escape | undefined {
  const next = text[at + 1];
  if (next === undefined) return undefined;
  if (next === 'u') return unit(text, at, 2);
  if (next === 'x') return bytes(text, at, 2);
  const value = '"\\/\'`'.includes(next) ? next : CONTROLS[next];
  return value === undefined ? undefined : { value, length: 2 };
}

/** `&amp;`, `&#38;`, `&#x26;`. */
function reference(text: string, at: number): Escape | undefined {
  let end = at + 1;
  while (end < at + LONGEST_REFERENCE && isWord(text.charCodeAt(end))) end += 1;
  if (text.charCodeAt(end) !== SEMICOLON) return undefined;
  const name = text.slice(at + 1, end);
  const value = name.startsWith('#') ? numbered(name.slice(1)) : namedCharacter(name);
  return value === undefined ? undefined : { value, length: end + 1 - at };
}

/** A letter, a digit or a `#`. */
function isWord(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x23;
}

function numbered(digits: string): string | undefined {
  const isHex = /^x[\da-f]+$/i.test(digits);
  if (!isHex && !/^\d+$/.test(digits)) return undefined;
  const code = isHex ? Number.parseInt(digits.slice(1), 16) : Number(digits);
  return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}

/** Four hexadecimal digits after a prefix of `prefix` characters. */
function unit(text: string, at: number, prefix: number): Escape | undefined {
  const code = hexAt(text, at + prefix, 4);
  return code < 0 ? undefined : { value: String.fromCharCode(code), length: prefix + 4 };
}

/**
 * Bytes of two hexadecimal digits, each after a prefix of `prefix` characters: UTF-8, or one byte of Latin-1 if they
 * are not UTF-8.
 */
function bytes(text: string, at: number, prefix: number): Escape | undefined {
  const first = hexAt(text, at + prefix, 2);
  if (first < 0) return undefined;
  const size = prefix + 2;
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : 0;
  let code = more === 0 ? first : first & (0x3f >> more);
  for (let count = 1; count <= more; count += 1) {
    const from = at + count * size;
    const isSame = text.startsWith(text.slice(at, at + prefix), from);
    const next = isSame ? hexAt(text, from + prefix, 2) : -1;
    if (next < 0x80 || next > 0xbf) return { value: String.fromCharCode(first), length: size };
    code = (code << 6) | (next & 0x3f);
  }
  if (code > 0x10ffff) return { value: String.fromCharCode(first), length: size };
  return { value: String.fromCodePoint(code), length: size * (more + 1) };
}

/** The value of `count` hexadecimal digits; -1 if one of them is no digit. */
function hexAt(text: string, at: number, count: number): number {
  let value = 0;
  for (let index = at; index < at + count; index += 1) {
    const code = text.charCodeAt(index);
    const letter = code | 0x20;
    const isDigit = code >= 0x30 && code <= 0x39;
    if (!isDigit && !(letter >= 0x61 && letter <= 0x66)) return -1;
    value = value * 16 + (isDigit ? code - 0x30 : letter - 0x57);
  }
  return value;
}
