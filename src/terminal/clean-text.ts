// Sequences that a terminal acts on: CSI, the strings OSC, DCS, SOS, PM and APC with their ends, and two-byte escapes;
// C1 controls are their one-byte forms.
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/g;
/** Controls, invisible format characters (which can turn the direction of text round) and halves of surrogate pairs. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;

/**
 * A text of somebody else as one line that is safe to print: no escape sequence, no control character, nothing that
 * could move the cursor, recolour the screen or hide a part of the line. Runs of white space become one space.
 */
export function cleanText(text: string): string {
  return cleanLine(text).replace(/ +/g, ' ').trim();
}

/** The same with its spaces kept, for text that is set in columns. */
export function cleanLine(text: string): string {
  return text
    .replace(SEQUENCES, '')
    .replace(/[\s\u0085]/gu, ' ')
    .replace(INVISIBLE, '');
}
