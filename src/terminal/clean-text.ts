import { withoutControlSequences } from './control-sequences.ts';

/** Characters of a text that are read at all. What a terminal is to show is never longer. */
const MOST_READ = 65_536;
/** Characters that a cleaned text has at most where the caller names no other bound. */
const MOST_SHOWN = 4_000;
/** More marks on one character than this draw over other lines; no script needs so many. */
const EXCESS_MARKS = /(\p{M}{8})\p{M}+/gu;
/** Controls, invisible format characters (which can turn the direction of text round) and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * A text of somebody else as one line that is safe to print: no escape sequence, no control character, nothing that
 * could move the cursor, recolour the screen or hide a part of the line. Runs of white space become one space. The work
 * is bounded, whatever the text is.
 *
 * @param maxLength characters that are kept; a longer text ends with '…'. @default 4000
 */
export function cleanText(text: string, maxLength: number = MOST_SHOWN): string {
  return cut(cleanAll(text.slice(0, MOST_READ)).replace(/ {2,}/g, ' ').trim(), maxLength, text.length > MOST_READ);
}

/** A line of the caller's own text, made as safe. Its spaces and its length are kept. */
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
  // A pair of surrogates is not cut in two.
  return `${text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '')}…`;
}
