import type { OperationKind } from '../client/operation-kind.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { Warning } from '../operation/status.ts';
import type { JsonObject } from '../protocols/poll-response.ts';
import { aftermathOf, canceledMessage } from './aftermath.ts';
import { readRestores, takeBaseline } from './baseline.ts';
import { decideProgress } from './decide-progress.ts';
import { contentOf } from './envelope.ts';
import { type RestoreFacts, RestoreFactsSchema } from './facts.ts';
import { fetchRestoreStatus } from './fetch-restore-status.ts';
import { identityWarnings } from './identity-warnings.ts';
import { investigateByProgress, type JobSource } from './investigate.ts';
import { progressRequest } from './poll-progress.ts';
import { isSameTask, otherJob, readProgress } from './progress-record.ts';
import { readTenantStatus } from './settings.ts';

const HOUR_MS = 3_600_000;

/** The warning if mails were requested, because no answer confirms them. */
const MAILS_NOT_CONFIRMED: Warning = {
  code: 'mails-not-confirmed',
  message: 'All active users should get mail (`notify`), but no answer of the portal confirms it.',
};

const SOURCE: JobSource = {
  job: 'restore',
  read: readRestores,
  advice:
    'Check docspace.portal.restoreProgress() and the portal before anyone starts again. If a restore shows there, docspace.attach({ id: taskId }) follows it.',
};

/** The restore of a portal or of the whole server. */
export const restoreKind: OperationKind<RestoreFacts, RestoreResult> = {
  kind: 'docspace/restore',
  facts: RestoreFactsSchema,
  statusRequest: ({ facts }) => progressRequest(facts.dump === true),
  fetchStatus: fetchRestoreStatus,
  isOwn: (body, { id }) => isSameTask(readProgress(body)?.taskId, id),
  otherKind: (body) => otherJob(contentOf(body), 'restore'),
  decide: (fetchStatus, { system, id, facts }) => {
    const warnings = identityWarnings(facts.identity, 'restore');
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
  // A failed poll never says how the restore ends. During a restore the portal locks itself, replaces its tenant and
  // forgets all keys (DS-1, DS-12, DS-13).
  failedPolls: { unauthorized: 'outage', forbidden: 'outage', notFound: 'outage' },
  // No duration is documented. Users report hours, and the record of a restore is kept for about 24 h.
  timeoutMs: 24 * HOUR_MS,
  // The portal that is polled is being restored, so polls may fail while its tables are replaced.
  outageToleranceMs: 2 * HOUR_MS,
  timeoutAdvice:
    'No API call stops a restore. If it makes no progress for hours, its worker service may have died: check the server, and do not start another restore.',
  overwrites: () => '',
  factsOfTarget: () => ({}),
  takeBaseline: (system, facts, options) => takeBaseline(readRestores, system, facts.dump, options),
  investigate: (system, lost, options) => investigateByProgress(SOURCE, system, lost, options),
};

function resultOf(facts: RestoreFacts, body: JsonObject): RestoreResult {
  const { dataAsOf, identity } = facts;
  // If it may be another restore, the time of its data is not known.
  const isKnown = dataAsOf !== undefined && identity === undefined;
  const aftermath = aftermathOf(facts, body);
  return isKnown ? { dataAsOf: new Date(dataAsOf), aftermath } : { aftermath };
}
