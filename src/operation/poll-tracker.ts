import type { PercentSample, PollHistory } from './cadence.ts';

const MOST_SAMPLES = 64;
const NO_SAMPLES: readonly PercentSample[] = [];

/** Keeps the history of the polls of one operation. Its size is bounded. */
export class PollTracker {
  /** Polls that were started. */
  started = 0;
  /** Polls that have ended, with or without success. */
  polls = 0;
  failures = 0;
  percent: number | undefined;
  moved = false;
  #samples: PercentSample[] | undefined;

  good(percent: number | undefined, at: number): void {
    this.polls += 1;
    this.failures = 0;
    this.moved = percent !== undefined && percent !== this.percent;
    this.percent = percent;
    if (!this.moved || percent === undefined) return;
    this.#samples ??= [];
    this.#samples.push({ at, percent });
    if (this.#samples.length > MOST_SAMPLES) {
      this.#samples = this.#samples.filter((_, index, all) => index % 2 === 0 || index === all.length - 1);
    }
  }

  failed(): void {
    this.polls += 1;
    this.failures += 1;
  }

  history(startedAt: number, now: number, random: number): PollHistory {
    const { polls, failures, percent, moved } = this;
    return { startedAt, now, polls, failures, percent, samples: this.#samples ?? NO_SAMPLES, moved, random };
  }
}
