import type { ProgressStream } from './progress-stream.ts';
import { textWidth } from './text-width.ts';

const ESC = '\u001b[';
// The cursor is hidden and shown again in one write, so that it is never left hidden if the process ends.
const BEGIN = `${ESC}?25l`;
const END = `${ESC}?25h`;
// biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours, which take no columns
const COLOURS = /\u001b\[[0-9;]*m/g;

/** The last lines of a terminal, which are redrawn in place. The cursor stays below them. */
export class LiveRegion {
  readonly #stream: ProgressStream;
  readonly #width: () => number;
  #drawn: readonly string[] = [];

  constructor(stream: ProgressStream, width: () => number) {
    this.#stream = stream;
    this.#width = width;
  }

  draw(lines: readonly string[]): void {
    if (lines.length === this.#drawn.length && lines.every((line, index) => line === this.#drawn[index])) return;
    const text = lines.map((line) => `${line}${ESC}K\n`).join('');
    const up = this.#rowsDrawn();
    this.#drawn = lines;
    this.#stream.write(`${BEGIN}${up === 0 ? '' : `${ESC}${up}A`}\r${text}${ESC}J${END}`);
  }

  /** Removes the region, so that other text can be written in its place. */
  clear(): void {
    const up = this.#rowsDrawn();
    this.#drawn = [];
    if (up > 0) this.#stream.write(`${ESC}${up}A\r${ESC}J`);
  }

  /** Leaves the drawn lines as they are. The next drawing starts below them. */
  leave(): void {
    this.#drawn = [];
  }

  /** If the terminal was made narrower meanwhile, the lines take more rows. */
  #rowsDrawn(): number {
    const width = Math.max(1, this.#width());
    return this.#drawn.reduce((rows, line) => {
      const columns = textWidth(line.replace(COLOURS, ''));
      return rows + Math.max(1, Math.ceil(columns / width));
    }, 0);
  }
}
