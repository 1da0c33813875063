import type { Investigation } from '../client/operation-kind.ts';
import type { JobFacts } from './facts.ts';

/**
 * The result for a start whose answer was lost. There is no call that lists jobs, and no key that identifies a start.
 * So nothing is sent, and the result says what a person should check (OE-26).
 */
export function nothingToAsk(what: string, startedAt: Date, advice: string): Investigation<JobFacts> {
  const evidence = [
    `Oracle EPM has no list of jobs and no key that identifies a start, so it cannot be asked about ${what}, which was sent at ${startedAt.toISOString()}.`,
  ];
  return { outcome: 'unknown', evidence, advice };
}
