import { textOfBase64 } from './base64-text.ts';
import { unescapeOnce } from './escapes.ts';
import type { SecretForm } from './secret-forms.ts';

/** A part of a text. `end` is not included. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Levels of escapes within escapes, such as JSON in JSON in a URL. */
const MOST_LEVELS = 6;
/** Levels of escapes below which base64 is searched for. */
const BASE64_LEVELS = 3;
/** Levels of base64 within base64. */
const MOST_NESTED = 3;
/** Base64 of a text that begins with an ASCII character, as JSON, forms and user names do. */
const BASE64_RUN = /(?<![\w+/-])[A-Za-f][\w+/-]{7,}={0,2}/g;
const WINDOW = 4;

/**
 * Finds secrets in texts in any encoding. The text is decoded level by level, and each level is searched for all
 * secrets in one pass. So the time depends on the length of the text, not on the number of secrets.
 */
export class SecretMatcher {
  /** Forms by their first four characters. */
  readonly #byStart = new Map<number, SecretForm[]>();
  /** Whether any form may begin with these characters. This small table excludes nearly every position of a text. */
  readonly #mayStart = new Uint8Array(4_096);
  readonly #utf8 = new TextDecoder();

  constructor(forms: Iterable<SecretForm>) {
    for (const form of forms) {
      let key = 0;
      const text = withoutPluses(form.text);
      for (let index = 0; index < WINDOW; index += 1) key = (key << 8) | (text.charCodeAt(index) & 0xff);
      const others = this.#byStart.get(key);
      if (others) others.push({ ...form, text });
      else this.#byStart.set(key, [{ ...form, text }]);
      this.#mayStart[slotOf(key)] = 1;
    }
  }

  /** The parts of `text` that hold a secret, in order and without overlap. */
  find(text: string): readonly Stretch[] {
    const found: Stretch[] = [];
    this.#search(text, 0, (start, end) => {
      found.push({ start, end });
      return false;
    });
    return merge(found);
  }

  #has(text: string, nested: number): boolean {
    let isFound = false;
    this.#search(text, nested, () => {
      isFound = true;
      return true;
    });
    return isFound;
  }

  /** Calls `tell` for each part that holds a secret, until it returns true. */
  #search(text: string, nested: number, tell: (start: number, end: number) => boolean): void {
    let level = text;
    let toSource = (position: number) => position;
    for (let count = 0; count < MOST_LEVELS; count += 1) {
      const before = toSource;
      const told = (start: number, end: number) => tell(before(start), before(end));
      if (this.#searchPlain(level, told)) return;
      if (count < BASE64_LEVELS && nested < MOST_NESTED && this.#searchBase64(level, nested, told)) return;
      const next = unescapeOnce(level);
      if (!next) return;
      level = next.text;
      toSource = (position) => before(next.sourceOf(position));
    }
  }

  #searchPlain(level: string, tell: (start: number, end: number) => boolean): boolean {
    const text = withoutPluses(level);
    const mayStart = this.#mayStart;
    let key = 0;
    for (let at = 0; at < text.length; at += 1) {
      key = (key << 8) | (text.charCodeAt(at) & 0xff);
      if (mayStart[slotOf(key)] === 0 || at < WINDOW - 1) continue;
      const start = at - WINDOW + 1;
      for (const form of this.#byStart.get(key) ?? []) {
        const last = form.text.length - 1;
        // Many positions of a text may begin like a secret. Comparing the last character first is cheap.
        if (text.charCodeAt(start + last) !== form.text.charCodeAt(last)) continue;
        if (!text.startsWith(form.text, start)) continue;
        if (tell(leftOf(form, level, start), rightOf(form, level, start))) return true;
      }
    }
    return false;
  }

  #searchBase64(text: string, nested: number, tell: (start: number, end: number) => boolean): boolean {
    for (const { 0: run, index } of text.matchAll(BASE64_RUN)) {
      const inner = textOfBase64(run.replace(/=+$/, ''), this.#utf8);
      if (inner !== undefined && this.#has(inner, nested + 1) && tell(index, index + run.length)) return true;
    }
    return false;
  }
}

/** Forms encode a space as a plus, so both count as the same. */
function withoutPluses(text: string): string {
  return text.includes('+') ? text.replaceAll('+', ' ') : text;
}

function slotOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> 20;
}

function leftOf({ touchesLeft }: SecretForm, text: string, start: number): number {
  return touchesLeft && /[\w+/-]/.test(text[start - 1] ?? '') ? start - 1 : start;
}

function rightOf({ text: form, isBase64, touchesRight }: SecretForm, text: string, start: number): number {
  let end = start + form.length;
  if (touchesRight && /[\w+/-]/.test(text[end] ?? '')) end += 1;
  while (isBase64 && text[end] === '=' && end < start + form.length + 3) end += 1;
  return end;
}

function merge(found: readonly Stretch[]): readonly Stretch[] {
  const merged: Stretch[] = [];
  for (const stretch of [...found].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && stretch.start < last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, stretch.end) };
    } else {
      merged.push(stretch);
    }
  }
  return merged;
}
