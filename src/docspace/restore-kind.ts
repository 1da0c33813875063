import type { OperationKind } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { Warning } from '../operation/status.ts';
import type { JsonObject } from '../protocols/poll-response.ts';
import { aftermathOf, canceledMessage } from './aftermath.ts';
import { takeBaseline } from './baseline.ts';
import { decideProgress } from './decide-progress.ts';
import { type RestoreFacts, RestoreFactsSchema } from './facts.ts';
import { fetchRestoreStatus } from './fetch-restore-status.ts';
import { identityWarnings } from './identity-warnings.ts';
import { investigateByProgress } from './investigate.ts';
import { progressRequest } from './poll-progress.ts';
import { isSameTask, readProgress } from './progress-record.ts';
import { readTenantStatus } from './settings.ts';

const HOUR_MS = 3_600_000;

/** What was asked for, and no answer tells of. */
const MAILS_NOT_CONFIRMED: Warning = {
  code: 'mails-not-confirmed',
  message: 'All active users were to be mailed (`notify`); no answer of the portal tells whether they were.',
};

/** A restore of a portal, or of the whole server. */
export const restoreKind: OperationKind<RestoreFacts, RestoreResult> = {
  kind: 'docspace/restore',
  facts: RestoreFactsSchema,
  statusRequest: ({ facts }) => progressRequest(facts.dump === true),
  fetchStatus: fetchRestoreStatus,
  isOwn: (body, { id }) => isSameTask(readProgress(body)?.taskId, id),
  decide: (fetchStatus, { system, id, facts }) => {
    const warnings = identityWarnings(facts.identity);
    const decide = decideProgress({
      fetchStatus,
      taskId: id,
      result: (body) => resultOf(facts, body),
      tenantStatus: (options) => readTenantStatus(system, options),
    });
    return async (options) => {
      const status = await decide(options);
      const { state } = status;
      const unconfirmed = state === 'succeeded' && facts.notify ? [MAILS_NOT_CONFIRMED] : [];
      const seen = { ...status, warnings: [...warnings, ...(status.warnings ?? []), ...unconfirmed] };
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

function resultOf(facts: RestoreFacts, body: JsonObject): RestoreResult {
  const { dataAsOf, identity } = facts;
  // Of a restore that may be another one, it is not known what its data is of.
  const isKnown = dataAsOf !== undefined && identity === undefined;
  const aftermath = aftermathOf(facts, body);
  return isKnown ? { dataAsOf: new Date(dataAsOf), aftermath } : { aftermath };
}
