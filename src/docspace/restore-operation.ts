import type { paths } from '../../generated/docspace.d.ts';
import type { System } from '../client/system.ts';
import { IsoTimeSchema } from '../client/text-schemas.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { Operation } from '../operation/operation.ts';
import type { PollVerdict } from '../operation/poll-verdict.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import * as z from '../schema/schema.ts';
import { aftermathOf, canceledMessage } from './aftermath.ts';
import { decideProgress } from './decide-progress.ts';
import { doubtWarnings } from './doubts.ts';
import { explainUnseen } from './explain-unseen.ts';
import { pollProgress } from './poll-progress.ts';
import { isSameTask, readProgress } from './progress-record.ts';

export const RESTORE_KIND = 'docspace/restore';

/** What a handle of this system holds beside the common fields. */
export const HandleExtraSchema = z.looseObject({
  dump: z.optional(z.boolean()),
  dataAsOf: z.optional(IsoTimeSchema),
  doubt: z.optional(z.string()),
});

export interface RestoreFacts {
  /** The vendor's `taskId`. */
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** As given to the start call; asked for in the same way (DS-22). */
  readonly dump?: boolean | undefined;
  readonly dataAsOf?: Date | undefined;
  /** What the answer of the start asked for. */
  readonly pollAfterMs?: number | undefined;
  /** Why this may be another restore than the one that was asked for. */
  readonly doubt?: string | undefined;
}

const HOUR_MS = 3_600_000;
/** After that, a record that is not there is no longer one that is not there yet. */
const VISIBLE_WITHIN_MS = 60_000;

/**
 * No failed poll tells how a restore ends. The portal locks itself, swaps its tenant and forgets all keys while it runs
 * (DS-1, DS-12, DS-13), so 401, 403, 404 and a missing record are lost sight as much as a reset; 429 has its own rule.
 */
const verdictOf = (): PollVerdict => 'outage';

/**
 * A restore as an operation. Deadline 24 h: no duration is documented, users tell of hours, and the record of a restore
 * that has ended lives for 24 h. Outage tolerance 2 h, since the portal that is polled is the one being restored: of a
 * dump restore nothing may be seen while the tables are replaced.
 */
export function restoreOperation(system: System<paths>, facts: RestoreFacts): Operation<RestoreResult> {
  const { id, startedAt, dump, doubt } = facts;
  // Of a restore that may be another one, it is not known what its data is of.
  const dataAsOf = doubt === undefined ? facts.dataAsOf : undefined;
  const result = (): RestoreResult => ({ ...(dataAsOf ? { dataAsOf } : {}), aftermath: aftermathOf(dump) });
  const warnings = doubtWarnings(doubt);
  let wasSeen = false;

  const decide = decideProgress(
    async (options) => {
      const answer = await pollProgress(system, dump, options);
      const progress = readProgress(answer.body);
      if (!isSameTask(progress?.taskId, id)) {
        const isOverdue = wasSeen || system.clock.now() - startedAt.getTime() >= VISIBLE_WITHIN_MS;
        const reason = await explainUnseen(system, { id, progress, wasSeen, isOverdue }, options);
        throw new UnexpectedResponseError(reason, { status: answer.status });
      }
      wasSeen = true;
      return answer;
    },
    id,
    result,
  );

  return system.operation<RestoreResult>({
    kind: RESTORE_KIND,
    id,
    startedAt,
    ...(facts.note === undefined ? {} : { note: facts.note }),
    ...(facts.pollAfterMs === undefined ? {} : { pollAfterMs: facts.pollAfterMs }),
    handle: {
      path: '/api/2.0/backup/getrestoreprogress',
      ...(dump === undefined ? {} : { dump }),
      ...(dataAsOf ? { dataAsOf: dataAsOf.toISOString() } : {}),
      ...(doubt === undefined ? {} : { doubt }),
    },
    poll: async (options) => {
      const status: StatusDraft<RestoreResult> = await decide(options);
      const seen = { ...status, warnings: [...warnings, ...(status.warnings ?? [])] };
      return seen.state === 'canceled' ? { ...seen, message: canceledMessage(dump) } : seen;
    },
    outage: verdictOf,
    timeoutMs: 24 * HOUR_MS,
    outageToleranceMs: 2 * HOUR_MS,
    timeoutAdvice:
      'No API call stops a restore. One that stands still for hours may have lost its worker service: see the server, and do not start another.',
  });
}
