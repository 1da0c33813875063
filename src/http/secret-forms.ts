import { base64Of } from './base64-text.ts';
import { unescapeOnce } from './escapes.ts';

/** A text that reveals a secret. */
export interface SecretForm {
  readonly text: string;
  readonly isBase64: boolean;
  /** In base64, the character before it also holds some bits of the secret. */
  readonly touchesLeft: boolean;
  readonly touchesRight: boolean;
}

/** Removing a shorter secret would also remove ordinary words. */
export const SHORTEST_SECRET = 4;
/** Shorter pieces of base64 occur in other texts by chance. */
const SHORTEST_BASE64 = 5;
const MOST_LEVELS = 6;

/**
 * The texts to search for: the secret, the secret with its own apparent escapes decoded, and its base64 at each
 * alignment within a longer text.
 */
export function formsOf(secret: string): readonly SecretForm[] {
  // A lone surrogate is sent in this form, since it cannot be encoded.
  const sent = new TextDecoder().decode(new TextEncoder().encode(secret));
  const utf8 = new TextEncoder().encode(sent);
  const texts = new Set([secret, sent, sent.normalize('NFC'), sent.normalize('NFD')]);
  const encodings = [utf8];
  if (/[^\0-\x7f]/.test(sent)) {
    // Some servers read UTF-8 as Latin-1, or replace characters that their character set lacks with a question mark.
    texts.add(Array.from(utf8, (byte) => String.fromCharCode(byte)).join(''));
    const ascii = sent.replace(/[^\0-\x7f]/gu, '?');
    if (ascii.replaceAll('?', '').length >= SHORTEST_SECRET) texts.add(ascii);
    if (!/[^\0-\xff]/.test(sent)) encodings.push(Uint8Array.from(sent, (character) => character.charCodeAt(0)));
  }
  const plain = [...new Set([...texts].flatMap(unescapedForms))].filter((text) => text.length >= SHORTEST_SECRET);
  return [
    ...plain.map((text) => ({ text, isBase64: false, touchesLeft: false, touchesRight: false })),
    ...encodings.flatMap((bytes) => [0, 1, 2].flatMap((offset) => inBase64(bytes, offset))),
  ];
}

function unescapedForms(text: string): readonly string[] {
  const forms = [text];
  for (let form = unescapeOnce(text); form && forms.length < MOST_LEVELS; form = unescapeOnce(form.text)) {
    forms.push(form.text);
  }
  // The end of the secret may look like the beginning of an escape together with the text that follows.
  return forms.flatMap((form) => [form, form.replace(/(\\|%[\da-f]?|&#?\w*)$/i, '')]);
}

/** The base64 characters that depend on these bytes only, if `offset` bytes of a group of three precede them. */
function inBase64(bytes: Uint8Array, offset: number): readonly SecretForm[] {
  const padded = new Uint8Array(offset + bytes.length);
  padded.set(bytes, offset);
  const bits = padded.length * 8;
  const text = base64Of(padded).slice(offset === 0 ? 0 : offset + 1, Math.floor(bits / 6));
  if (text.length < SHORTEST_BASE64) return [];
  const form = { text, isBase64: true, touchesLeft: offset > 0, touchesRight: bits % 6 > 0 };
  const forUrls = text.replaceAll('+', '-').replaceAll('/', '_');
  return forUrls === text ? [form] : [form, { ...form, text: forUrls }];
}
