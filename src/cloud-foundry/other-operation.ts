import type { Known } from '../client/operation-kind.ts';
import type { JobFacts } from './facts.ts';

type Work = 'restore' | 'backup';

/** Operations that the Cloud Controller's sources name and that are neither a restore nor a backup. */
const DOCUMENTED =
  /^((app|buildpack|droplet|space|admin|service_bindings?|service_keys?|service_route_bindings?|service_broker)\.|service_instance\.(create|delete)$)/;

/**
 * What a job does, where that is something else than `work`. The word for a restore is not documented. So a word that is
 * not known is taken for ours in a job that the answer of our own start has named, and for another one in a job that
 * somebody has only told the guid of.
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
