import { withoutControlSequences } from './control-sequences.ts';

/** Only this many characters of a text are read. A terminal never shows more. */
const MOST_READ = 65_536;
/** Default limit for the length of a cleaned text. */
const MOST_SHOWN = 4_000;
/** With more than eight marks, one character would draw over other lines. No script needs so many. */
const EXCESS_MARKS = /(\p{M}{8})\p{M}+/gu;
/**
 * Control characters, invisible format characters (which can reverse the direction of text) and unpaired surrogates.
 */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * Makes a text from outside safe to print as one line: without escape sequences and control characters, so that it
 * cannot move the cursor, change colours or hide a part of the line. Each run of white space becomes one space. The
 * work is bounded for any text.
 *
 * @param maxLength the most characters that are kept; a longer text ends with '…'. @default 4000
 */
export function cleanText(text: string, maxLength: number = MOST_SHOWN): string {
  return cut(cleanAll(text.slice(0, MOST_READ)).replace(/ {2,}/g, ' ').trim(), maxLength, text.length > MOST_READ);
}

/** Makes a line of the caller's own text safe in the same way. Its spaces and its length are kept. */
export function cleanLine(text: string): string {
  return cleanAll(text);
}

function cleanAll(text: string): string {
  return withoutControlSequences(text)
    .replace(/[\s\u0085]/gu, ' ')
    .replace(INVISIBLE, '')
    .replace(EXCESS_MARKS, '$1');
}

function cut(text: string, maxLength: number, isCutAlready: boolean): string {
  if (text.length <= maxLength) return isCutAlready ? `${text}…` : text;
  // A surrogate pair must not be cut in two.
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}
