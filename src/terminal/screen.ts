import type { LineView } from './line-view.ts';

/** Where lines are shown: drawn over and over on a terminal, or written once for each change. */
export interface Screen {
  /** A line looks like this now; `key` says which one. */
  show(key: object, view: LineView): void;
  /** Writes text that stays. */
  print(text: string): void;
  /** Leaves what is shown as it is. */
  close(): void;
}
