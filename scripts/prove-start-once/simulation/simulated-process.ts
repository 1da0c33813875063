import type { Clock } from '../../../src/clock/clock.ts';
import { logUniform, type Random } from './random.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export interface ProcessRisks {
  /** The probability that the process is killed at an await. */
  readonly kill: number;
  /** The probability that it is suspended there, for one second to 20 minutes. */
  readonly pause: number;
}

/** A promise for the work of a killed process, which never goes on. */
const forever = new Promise<never>(() => {});

/** One of many processes. Its clock is wrong by up to 15 minutes, and it may be suspended or killed at any await. */
export class SimulatedProcess {
  readonly clock: Clock;
  readonly #base: Clock;
  readonly #random: Random;
  readonly #risks: ProcessRisks;
  readonly #onDeath: () => void;
  #isDead = false;
  #pausedUntil = 0;

  constructor(options: {
    readonly base: Clock;
    readonly skewMs: number;
    readonly random: Random;
    readonly risks: ProcessRisks;
    readonly onDeath: () => void;
  }) {
    const { base, skewMs, random } = options;
    this.#base = base;
    this.#random = random;
    this.#risks = options.risks;
    this.#onDeath = options.onDeath;
    this.clock = {
      now: () => base.now() + skewMs,
      random,
      sleep: async (ms, signal) => {
        await this.#alive(base.sleep(ms, signal));
      },
    };
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Work outside of the process, such as a request. It goes on even if the process is killed or suspended. */
  async outside<T>(work: () => Promise<T>): Promise<T> {
    await this.#happen();
    const answer = await this.#alive(work());
    await this.#happen();
    return answer;
  }

  async #happen(): Promise<void> {
    const luck = this.#random();
    if (luck < this.#risks.kill && !this.#isDead) {
      this.#isDead = true;
      this.#onDeath();
    } else if (luck < this.#risks.kill + this.#risks.pause) {
      this.#pausedUntil = this.#base.now() + logUniform(this.#random, SECOND, 20 * MINUTE);
    }
    await this.#alive(Promise.resolve());
  }

  /** Returns the awaited result when the process runs again. */
  async #alive<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } finally {
      while (!this.#isDead && this.#pausedUntil > this.#base.now()) {
        await this.#base.sleep(this.#pausedUntil - this.#base.now());
      }
      if (this.#isDead) await forever;
    }
  }
}
