import type { OperationKind } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { aftermathOf, canceledMessage } from './aftermath.ts';
import { decideProgress } from './decide-progress.ts';
import { type RestoreFacts, RestoreFactsSchema } from './facts.ts';
import { fetchRestoreStatus } from './fetch-restore-status.ts';
import { identityWarnings } from './identity-warnings.ts';
import { investigateByProgress, takeBaseline } from './investigate.ts';
import { isSameTask, readProgress } from './progress-record.ts';
import { request } from './traits.ts';

const HOUR_MS = 3_600_000;

/** A restore of a portal, or of the whole server. */
export const restoreKind: OperationKind<RestoreFacts, RestoreResult> = {
  kind: 'docspace/restore',
  facts: RestoreFactsSchema,
  statusRequest: ({ facts }) =>
    request('get', '/api/2.0/backup/getrestoreprogress', {
      params: { query: facts.dump === undefined ? {} : { Dump: facts.dump } },
    }),
  fetchStatus: fetchRestoreStatus,
  isOwn: (body, { id }) => isSameTask(readProgress(body)?.taskId, id),
  decide: (fetchStatus, { id, facts }) => {
    const warnings = identityWarnings(facts.identity);
    const decide = decideProgress(fetchStatus, id, () => resultOf(facts));
    return async (options) => {
      const status = await decide(options);
      const seen = { ...status, warnings: [...warnings, ...(status.warnings ?? [])] };
      return seen.state === 'canceled' ? { ...seen, message: canceledMessage(facts.dump) } : seen;
    };
  },
  // No failed poll tells how a restore ends. The portal locks itself, swaps its tenant and forgets all keys while it runs
  // (DS-1, DS-12, DS-13).
  failedPolls: { unauthorized: 'outage', forbidden: 'outage', notFound: 'outage' },
  // No duration is documented, users tell of hours, and the record of a restore lives for about 24 h.
  timeoutMs: 24 * HOUR_MS,
  // The portal that is polled is the one being restored: nothing may be seen while the tables are replaced.
  outageToleranceMs: 2 * HOUR_MS,
  timeoutAdvice:
    'No API call stops a restore. One that stands still for hours may have lost its worker service: see the server, and do not start another.',
  overwrites: () => '',
  factsOfTarget: () => ({}),
  takeBaseline: (system, facts, options) => takeBaseline(system, facts.dump, options),
  investigate: investigateByProgress,
};

function resultOf({ dump, dataAsOf, identity }: RestoreFacts): RestoreResult {
  // Of a restore that may be another one, it is not known what its data is of.
  const isKnown = dataAsOf !== undefined && identity === undefined;
  return { ...(isKnown ? { dataAsOf: new Date(dataAsOf) } : {}), aftermath: aftermathOf(dump) };
}
