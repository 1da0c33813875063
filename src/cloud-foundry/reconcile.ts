import type { Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { ServiceInstance } from './service-instance.ts';
import { isSince } from './times.ts';

const ADVICE =
  'Look at the last operation of the service instance until it has ended (`cf service NAME`), and at its data, before anyone restores again.';

/**
 * What the Cloud Controller can tell about a lost start: only `last_operation`, which names no job, may be somebody
 * else's (CF-25), and may not show restores at all. So it yields evidence, never an operation.
 */
export async function reconcileByLastOperation<Operation>(
  read: () => Promise<ServiceInstance>,
  startedAt: Date,
): Promise<Reconciliation<Operation>> {
  const since = startedAt.toISOString();
  try {
    const last = (await read()).lastOperation;
    const beganAt = last?.createdAt ?? last?.updatedAt;
    if (!last || !beganAt) {
      return unknown(`The instance has no last operation; how a restore shows there is not documented.`);
    }
    const what = `last operation: ${last.type ?? 'no type'}, ${last.state ?? 'no state'}, ${beganAt.toISOString()}`;
    return isSince(beganAt, startedAt)
      ? unknown(`${what}, which is not older than the start at ${since}; it may be this restore.`)
      : unknown(`${what}, which is older than the start at ${since}; a restore may not show there.`);
  } catch (error) {
    return unknown(`The instance could not be read: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

function unknown<Operation>(evidence: string): Reconciliation<Operation> {
  return { outcome: 'unknown', evidence: [evidence], advice: ADVICE };
}
