import { isWithin } from '../faults.ts';
import type { CloudFoundryMisrouting } from './scenario.ts';

interface Moment {
  readonly elapsedMs: number;
  readonly polls: number;
}

/**
 * Answers that belong to another request, as with a connection that is out of step, or a proxy that mixes up
 * connections.
 */
export class Misrouting {
  readonly #met = new Map<CloudFoundryMisrouting, number>();

  constructor(private readonly faults: readonly CloudFoundryMisrouting[]) {}

  /** The fields that replace those of the job; undefined if the answer is about the job itself. */
  jobAt(moment: Moment): CloudFoundryMisrouting['job'] {
    return this.#faultAt('job', moment)?.job;
  }

  isInstanceMisroutedAt(moment: Moment): boolean {
    return this.#faultAt('instance', moment) !== undefined;
  }

  #faultAt(what: CloudFoundryMisrouting['what'], moment: Moment): CloudFoundryMisrouting | undefined {
    return this.faults.find((fault) => {
      if (fault.what !== what || !isWithin(fault, moment)) return false;
      const count = (this.#met.get(fault) ?? 0) + 1;
      this.#met.set(fault, count);
      return count % (fault.every ?? 1) === 0;
    });
  }
}
