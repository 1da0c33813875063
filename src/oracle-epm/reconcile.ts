import type { Reconciliation } from '../errors/start-outcome-unknown-error.ts';

/**
 * What can be told of a start whose answer was lost: nothing. There is no call that lists jobs, and no key by which the
 * start could be recognised, so this asks no server and says what a person should poll (OE-26).
 */
export async function nothingToAsk<Operation>(lost: {
  readonly what: string;
  readonly startedAt: Date;
  readonly advice: string;
}): Promise<Reconciliation<Operation>> {
  const evidence = [
    `Oracle EPM has no list of jobs and no key that marks a start, so what became of ${lost.what}, sent at ${lost.startedAt.toISOString()}, cannot be asked.`,
  ];
  return { outcome: 'unknown', evidence, advice: lost.advice };
}
