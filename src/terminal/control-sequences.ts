const BEL = 0x07;
const ESC = 0x1b;
const CSI = 0x9b;
const STRING_END = 0x9c;
/** The one-byte forms of the strings that a terminal does not show: DCS, SOS, OSC, PM, APC. */
const STRINGS: readonly number[] = [0x90, 0x98, 0x9d, 0x9e, 0x9f];
/** The characters after ESC that begin the same strings: P, X, ], ^, _. */
const ESCAPED_STRINGS: readonly number[] = [0x50, 0x58, 0x5d, 0x5e, 0x5f];

/**
 * Removes control sequences from a text: CSI, the strings OSC, DCS, SOS, PM and APC with their content, and short
 * escapes. If the end of a string is missing, only its beginning is removed, so that it cannot hide the text after it.
 *
 * Reads each character only a few times, for any text.
 */
export function withoutControlSequences(text: string): string {
  let kept = '';
  let keptFrom = 0;
  let stringEndsAt = -1;
  let index = 0;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code !== ESC && (code < 0x90 || code > 0x9f)) {
      index += 1;
      continue;
    }
    kept += text.slice(keptFrom, index);
    const next = text.charCodeAt(index + 1);
    if (STRINGS.includes(code) || (code === ESC && ESCAPED_STRINGS.includes(next))) {
      const contentAt = index + (code === ESC ? 2 : 1);
      // The position only moves ahead. Otherwise many strings without an end would be searched again and again.
      if (stringEndsAt < contentAt) stringEndsAt = nextStringEnd(text, contentAt);
      index = afterStringEnd(text, stringEndsAt) ?? contentAt;
    } else if (code === CSI || (code === ESC && next === 0x5b)) {
      index = afterCsi(text, index + (code === ESC ? 2 : 1));
    } else {
      index = code === ESC ? afterShortEscape(text, index + 1) : index + 1;
    }
    keptFrom = index;
  }
  return kept + text.slice(keptFrom);
}

/** The end of the content of a string: its terminator, or an escape that cannot be part of it. */
function nextStringEnd(text: string, from: number): number {
  let index = from;
  while (index < text.length) {
    const code = text.charCodeAt(index);
    if (code === BEL || code === ESC || code === STRING_END) break;
    index += 1;
  }
  return index;
}

function afterStringEnd(text: string, index: number): number | undefined {
  const code = text.charCodeAt(index);
  if (code === BEL || code === STRING_END) return index + 1;
  return code === ESC && text[index + 1] === '\\' ? index + 2 : undefined;
}

function afterCsi(text: string, from: number): number {
  const end = skip(text, skip(text, from, 0x30, 0x3f), 0x20, 0x2f);
  // If the end is missing, only the beginning is removed.
  return isWithin(text, end, 0x40, 0x7e) ? end + 1 : from;
}

function afterShortEscape(text: string, from: number): number {
  const end = skip(text, from, 0x20, 0x2f);
  return isWithin(text, end, 0x30, 0x7e) ? end + 1 : from;
}

function skip(text: string, from: number, low: number, high: number): number {
  let index = from;
  while (isWithin(text, index, low, high)) index += 1;
  return index;
}

function isWithin(text: string, index: number, low: number, high: number): boolean {
  const code = text.charCodeAt(index);
  return code >= low && code <= high;
}
