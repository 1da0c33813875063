import type { Clock } from '../clock/clock.ts';
import { startDeadline } from '../clock/deadline.ts';
import type { Answer } from '../http/answer.ts';

/** What became of a request: its answer, or the error that it ended with. */
export type PendingOutcome =
  | { readonly answer: Answer; readonly error?: undefined }
  | { readonly error: unknown; readonly answer?: undefined };

/** The pending request of a blocking start, which may take hours. It never causes an unhandled rejection. */
export class PendingAnswer {
  #outcome: PendingOutcome | undefined;
  /** Resolves when the request has ended, however that was. */
  readonly settled: Promise<void>;

  constructor(answer: Promise<Answer>) {
    this.settled = answer.then(
      (value) => {
        this.#outcome = { answer: value };
      },
      (error: unknown) => {
        this.#outcome = { error };
      },
    );
  }

  /** undefined while the request is unanswered. */
  get outcome(): PendingOutcome | undefined {
    return this.#outcome;
  }

  /** Resolves when the request has ended, or after so many milliseconds. */
  settledWithin(ms: number, clock: Clock): Promise<void> {
    return new Promise((resolve) => {
      const deadline = startDeadline(clock, clock.now() + ms, resolve);
      void this.settled.then(() => {
        deadline.stop();
        resolve();
      });
    });
  }
}
