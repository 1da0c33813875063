import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import type { StatusDraft } from '../operation/status.ts';
import type * as z from '../schema/schema.ts';
import { aftermathOf, COPY_AFTERMATH } from './aftermath.ts';
import { timeOfBackup } from './backup-name.ts';
import { pollJob } from './decide-job.ts';
import type { RestoreFlags } from './restore-flags.ts';
import type { EndedAtOnceSchema } from './schemas.ts';
import type { EpmSystem } from './system.ts';

export const RESTORE_KIND = 'oracle-epm/restore-environment';
export const COPY_KIND = 'oracle-epm/copy-backup';
export type JobKind = typeof RESTORE_KIND | typeof COPY_KIND;

export type EndedAtOnce = z.Output<typeof EndedAtOnceSchema>;

export interface JobFacts {
  readonly kind: JobKind;
  readonly id: string;
  readonly startedAt: Date;
  readonly note?: string | undefined;
  /** As sent; begins with the time that the data is of. */
  readonly backupName?: string | undefined;
  /** Of a restore; what is left out is not known. */
  readonly flags?: Partial<RestoreFlags> | undefined;
  /** Where the status is read, or the start answer that told the end: then there is no job to poll. */
  readonly source: { readonly path: string } | { readonly endedAtOnce: EndedAtOnce };
  readonly pollAfterMs?: number | undefined;
}

const HOUR_MS = 3_600_000;

/** The environment itself is what is being restored, and how long it stays away is not documented; a copy disturbs nothing. */
const OUTAGE_TOLERANCE_MS: Readonly<Record<JobKind, number>> = {
  [RESTORE_KIND]: 2 * HOUR_MS,
  [COPY_KIND]: HOUR_MS / 2,
};

/**
 * A job as an operation. Deadline 24 h: no duration is documented, and environments of any size are restored. PollTracker as
 * often as every operation: a backup of another release or patch level fails soon (OE-19) and is then told soon, and from
 * 200 s on this is gentler than the 20 s of Oracle's own sample (OE-30).
 */
export function jobOperation(system: EpmSystem, facts: JobFacts): Operation<RestoreResult> {
  const { kind, id, backupName, flags, source } = facts;
  const dataAsOf = backupName === undefined ? undefined : timeOfBackup(backupName);
  const result = (): RestoreResult => ({
    ...(dataAsOf ? { dataAsOf } : {}),
    aftermath: kind === COPY_KIND ? COPY_AFTERMATH : aftermathOf(flags ?? {}),
  });
  return system.operation<RestoreResult>({
    kind,
    id,
    startedAt: facts.startedAt,
    ...(facts.note === undefined ? {} : { note: facts.note }),
    ...(facts.pollAfterMs === undefined ? {} : { pollAfterMs: facts.pollAfterMs }),
    handle: {
      ...source,
      ...(backupName === undefined ? {} : { backupName }),
      ...(flags === undefined ? {} : { flags }),
    },
    poll: 'path' in source ? pollPath(system, source.path, result) : tellAgain(source.endedAtOnce, result),
    outage: system.verdict,
    timeoutMs: 24 * HOUR_MS,
    outageToleranceMs: OUTAGE_TOLERANCE_MS[kind],
  });
}

/** The path of the start answer serves to the end: status answers carry no links (OE-3), and are read by GET (OE-7). */
function pollPath<Result>(system: EpmSystem, path: string, result: () => Result) {
  const { transport } = system;
  return pollJob(async (options) => {
    const answer = await transport.get(path, { ...options, mode: 'poll' });
    return { status: answer.status, headers: answer.headers, body: transport.json(answer) };
  }, result);
}

function tellAgain<Result>(body: EndedAtOnce, result: () => Result) {
  const poll = pollJob(async () => ({ status: 200, headers: {}, body }), result);
  return async (): Promise<StatusDraft<Result>> => {
    const status = await poll({});
    const message = 'The answer of the start call itself told the end; there was no job to poll.';
    return { ...status, warnings: [...(status.warnings ?? []), { code: 'ended-at-once', message }] };
  };
}
