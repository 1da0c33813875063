import type { Clock } from '../../clock/clock.ts';

const FAILURES = 5;
const COUNTED_FOR_MS = 1_200_000;
const LOCKED_FOR_MS = 300_000;

/**
 * Locks an account after wrong passwords, with the UAA's defaults: five within 20 minutes lock it for 5 minutes
 * (https://github.com/cloudfoundry/uaa, `authentication.policy.global`). A lock refuses the right password too.
 */
export class Lockout {
  readonly #failures = new Map<string, number[]>();

  constructor(private readonly clock: Clock) {}

  isLocked(account: string): boolean {
    const recent = this.#recent(account);
    const last = recent.at(-1);
    return recent.length >= FAILURES && last !== undefined && this.clock.now() < last + LOCKED_FOR_MS;
  }

  recordFailure(account: string): void {
    this.#failures.set(account, [...this.#recent(account), this.clock.now()]);
  }

  recordSuccess(account: string): void {
    this.#failures.delete(account);
  }

  #recent(account: string): number[] {
    const from = this.clock.now() - COUNTED_FOR_MS;
    return (this.#failures.get(account) ?? []).filter((at) => at > from);
  }
}
