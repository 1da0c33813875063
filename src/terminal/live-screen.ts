import type { Clock } from '../clock/clock.ts';
import { hasEnded, type LineView } from './line-view.ts';
import { LiveRegion } from './live-region.ts';
import type { ProgressStream } from './progress-stream.ts';
import { renderLines } from './render-line.ts';
import type { Screen } from './screen.ts';
import { truncate } from './text-width.ts';

export interface LiveScreenOptions {
  readonly stream: ProgressStream;
  readonly clock: Clock;
  readonly width: () => number;
  readonly rows: () => number;
  readonly unicode: boolean;
  readonly refreshMs: number;
}

/** Redraws its lines in place while one of them is live. When the last one has ended, all lines stay on the screen. */
export class LiveScreen implements Screen {
  readonly #options: LiveScreenOptions;
  readonly #region: LiveRegion;
  /** The lines, in the order in which they were added. */
  #views = new Map<object, LineView>();
  /** The lines that have not ended. */
  readonly #live = new Set<object>();
  #frame = 0;
  /** Stops the redrawing. */
  #redrawing: AbortController | undefined;

  constructor(options: LiveScreenOptions) {
    this.#options = options;
    this.#region = new LiveRegion(options.stream, options.width);
  }

  show(key: object, view: LineView): void {
    if (hasEnded(view)) this.#live.delete(key);
    else this.#live.add(key);
    this.#views.set(key, view);
    if (this.#live.size === 0) this.close();
    else if (!this.#redrawing) void this.#redraw();
  }

  print(text: string): void {
    this.#region.clear();
    this.#options.stream.write(`${text}\n`);
    if (this.#redrawing) this.#draw();
  }

  close(): void {
    const control = this.#redrawing;
    this.#redrawing = undefined;
    control?.abort();
    if (this.#views.size === 0) return;
    // The whole list is drawn once, even if it is longer than the screen, because it is not redrawn any more.
    this.#region.draw(this.#render([...this.#views.values()]));
    this.#region.leave();
    this.#views = new Map();
    this.#live.clear();
  }

  async #redraw(): Promise<void> {
    const control = new AbortController();
    this.#redrawing = control;
    while (this.#redrawing === control) {
      this.#draw();
      this.#frame += 1;
      try {
        await this.#options.clock.sleep(this.#options.refreshMs, control.signal);
      } catch {
        return;
      }
    }
  }

  #draw(): void {
    const views = [...this.#views.values()];
    // One row is kept for the cursor.
    const rows = Math.max(2, this.#options.rows() - 1);
    if (views.length <= rows) return this.#region.draw(this.#render(views));
    const liveFirst = [...views.filter((view) => !hasEnded(view)), ...views.filter(hasEnded)];
    const shown = liveFirst.slice(0, rows - 1);
    const rest = truncate(`and ${views.length - shown.length} more`, this.#options.width() - 1);
    this.#region.draw([...this.#render(shown), rest]);
  }

  #render(views: readonly LineView[]): string[] {
    const { clock, width, unicode } = this.#options;
    // The last column stays empty, because some terminals break the line there.
    return renderLines(views, { now: clock.now(), width: width() - 1, frame: this.#frame, unicode });
  }
}
