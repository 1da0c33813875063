import type { Known } from '../client/operation-kind.ts';
import type { JobFacts } from './facts.ts';

type Work = 'restore' | 'backup';

/** Operations in the sources of the Cloud Controller that are neither a restore nor a backup. */
const DOCUMENTED =
  /^((app|buildpack|droplet|space|admin|service_bindings?|service_keys?|service_route_bindings?|service_broker)\.|service_instance\.(create|delete)$)/;

/**
 * Describes what a job does, if that is not `work`. The word for a restore is not documented. So an unknown word counts
 * as `work` if the answer of our own start named the job, and as something else if only the guid of the job is known.
 */
export function otherOperation(work: Work) {
  const other: Work = work === 'restore' ? 'backup' : 'restore';
  return ({ operation }: { readonly operation?: unknown }, { facts }: Known<JobFacts>): string | undefined => {
    if (typeof operation !== 'string' || !/^[\w-]+(\.[\w-]+)+$/.test(operation)) return undefined;
    const word = operation.toLowerCase();
    if (word.includes(work)) return undefined;
    const wasStartedByUs = facts.serviceInstanceGuid !== undefined;
    const isOther = word.includes(other) || DOCUMENTED.test(word) || !wasStartedByUs;
    return isOther ? `a job of the operation ${operation}` : undefined;
  };
}
