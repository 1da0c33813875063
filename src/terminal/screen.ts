import type { LineView } from './line-view.ts';

/** Shows lines: redrawn in place on a terminal, or written once per change. */
export interface Screen {
  /** Shows the new state of the line with this `key`. */
  show(key: object, view: LineView): void;
  /** Writes text that is not redrawn. */
  print(text: string): void;
  /** Leaves the shown lines as they are. */
  close(): void;
}
