import type { Investigation } from '../client/operation-kind.ts';
import type { JobFacts } from './facts.ts';

/**
 * What can be told of a start whose answer was lost: nothing. There is no call that lists jobs, and no key by which the
 * start could be recognised, so this asks no server and says what a person should check (OE-26).
 */
export function nothingToAsk(what: string, startedAt: Date, advice: string): Investigation<JobFacts> {
  const evidence = [
    `Oracle EPM has no list of jobs and no key that marks a start, so what became of ${what}, sent at ${startedAt.toISOString()}, cannot be asked.`,
  ];
  return { outcome: 'unknown', evidence, advice };
}
