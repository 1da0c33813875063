import type { ProgressStream } from 'restorekit/terminal';

/** A terminal of some rows that understands what the display writes, and shows what a person would see. */
export interface ScreenStream extends ProgressStream {
  columns: number;
  rows: number;
  isTTY: boolean;
  /** All that was written. */
  readonly written: string;
  /** Lines on the screen and above it, without trailing blanks. */
  readonly lines: readonly string[];
  readonly cursorIsVisible: boolean;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what a terminal reads
const TOKEN = /\u001b\[(\??)([0-9;]*)([A-Za-z])|([\s\S])/gu;

export function screenStream(options: { columns?: number; rows?: number; isTTY?: boolean } = {}): ScreenStream {
  const grid: string[][] = [[]];
  let row = 0;
  let column = 0;
  let cursorIsVisible = true;
  let written = '';

  const put = (character: string) => {
    if (character === '\r') column = 0;
    else if (character === '\n') {
      row += 1;
      column = 0;
      grid[row] ??= [];
    } else {
      if (column >= stream.columns) {
        row += 1;
        column = 0;
        grid[row] ??= [];
      }
      const line = grid[row] ?? [];
      while (line.length < column) line.push(' ');
      line[column] = character;
      column += 1;
    }
  };
  const act = (isPrivate: boolean, argument: string, command: string) => {
    if (isPrivate && argument === '25') cursorIsVisible = command === 'h';
    else if (command === 'A') row = Math.max(0, row - Number(argument || 1));
    else if (command === 'K') grid[row]?.splice(column);
    else if (command === 'J') {
      grid[row]?.splice(column);
      grid.splice(row + 1);
    } else if (command !== 'm') throw new Error(`The display wrote an unknown sequence: ${argument}${command}`);
  };

  const stream: ScreenStream = {
    isTTY: options.isTTY ?? true,
    columns: options.columns ?? 100,
    rows: options.rows ?? 24,
    write(text) {
      written += text;
      for (const [, mark, argument = '', command, character] of text.matchAll(TOKEN)) {
        if (character === undefined) act(mark === '?', argument, command ?? '');
        else put(character);
      }
      return true;
    },
    get written() {
      return written;
    },
    get lines() {
      const lines = grid.map((line) => line.join('').trimEnd());
      while (lines.at(-1) === '') lines.pop();
      return lines;
    },
    get cursorIsVisible() {
      return cursorIsVisible;
    },
  };
  return stream;
}
