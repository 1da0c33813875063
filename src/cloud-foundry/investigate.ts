import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import type { JobFacts } from './facts.ts';
import { ServiceInstanceSchema } from './schemas.ts';
import { toServiceInstance } from './service-instance.ts';
import { isSince } from './times.ts';
import { request } from './traits.ts';

const ADVICE =
  'Look at the last operation of the service instance until it has ended (`cf service NAME`), and at its data, before anyone restores again.';

/**
 * What the Cloud Controller can tell about a lost start: only `last_operation`, which names no job, may be somebody
 * else's (CF-25), and may not show restores at all. So it yields evidence, never an operation.
 */
export async function investigateLastOperation(
  system: System,
  { startedAt, facts }: LostStart<JobFacts>,
  options: ReconcileOptions,
): Promise<Investigation<JobFacts>> {
  const since = startedAt.toISOString();
  try {
    const guid = facts.serviceInstanceGuid ?? '';
    const instance = request('get', '/v3/service_instances/{guid}', { params: { path: { guid } } });
    const last = toServiceInstance(await system.read(instance, ServiceInstanceSchema, options)).lastOperation;
    const beganAt = last?.createdAt ?? last?.updatedAt;
    if (!last || !beganAt) {
      return unknown('The instance has no last operation; how a restore shows there is not documented.');
    }
    const what = `last operation: ${last.type ?? 'no type'}, ${last.state ?? 'no state'}, ${beganAt.toISOString()}`;
    return isSince(beganAt, startedAt)
      ? unknown(`${what}, which is not older than the start at ${since}; it may be this restore.`)
      : unknown(`${what}, which is older than the start at ${since}; a restore may not show there.`);
  } catch (error) {
    return unknown(`The instance could not be read: ${error instanceof Error ? error.message : 'no reason given'}`);
  }
}

function unknown(evidence: string): Investigation<JobFacts> {
  return { outcome: 'unknown', evidence: [evidence], advice: ADVICE };
}
