import type { Poll } from '../client/operation-kind.ts';
import type { StatusDraft } from '../operation/status.ts';
import { isObject, textOf } from '../protocols/poll-response.ts';
import { pollSession } from './decide-session.ts';
import { endOfStatistics, type Judged } from './end-of-statistics.ts';
import { describeEvent, readEvents } from './events.ts';
import { fetchSession } from './fetch-session.ts';
import { issuesOf, type SessionRestoreResult } from './restore-result.ts';
import { statusOf } from './restore-status.ts';
import { NOT_COUNTED } from './restore-warnings.ts';
import { isRestore, type SessionEvent } from './session-event.ts';
import { readStatistics } from './statistics.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** A 500 to the statistics is taken for "there are none" after so many polls. */
const BROKEN_POLLS = 3;

interface OwnSession<Result extends SessionRestoreResult> {
  readonly system: VeeamSystem;
  /** The id of the session of the restore. */
  readonly id: string;
  readonly of: Parameters<typeof endOfStatistics>[2];
  /** Adds to the end what only one workload has. */
  readonly finish: (judged: Judged) => StatusDraft<Result>;
}

/**
 * Polls a restore that has a session of its own (VM-15): while it is not Stopped, it runs, whatever its `result` says (VM-2).
 * Then `result` and the statistics decide together.
 * @throws {OutcomeUnknownError} it has stopped without a result that is understood
 */
export function followOwnSession<Result extends SessionRestoreResult>({
  system,
  id,
  of,
  finish,
}: OwnSession<Result>): Poll<Result> {
  const poll = pollSession(
    (options) => fetchSession(system, id, options),
    () => undefined,
  );
  let broken = 0;
  const isBroken = () => {
    broken += 1;
    return broken >= BROKEN_POLLS;
  };
  return async ({ signal }) => {
    const seen = await poll(signal ? { signal } : {});
    if (seen.state === 'running') return seen;
    if (seen.state === 'canceled') return seen;
    const details = isObject(seen.raw) ? textOf(seen.raw.details) : undefined;
    const session = { state: seen.state, details, raw: seen.raw };
    const statistics = await readStatistics(system, id, { signal, isBroken });
    return finish(
      statistics
        ? endOfStatistics(statistics, session, of)
        : await endWithoutStatistics(system, id, { session, of, signal }),
    );
  };
}

/** The end by the session and its events, where the server has no statistics of it. */
async function endWithoutStatistics(
  system: VeeamSystem,
  id: string,
  seen: {
    readonly session: Parameters<typeof endOfStatistics>[1];
    readonly of: Parameters<typeof endOfStatistics>[2];
    readonly signal: AbortSignal | undefined;
  },
): Promise<Judged> {
  const { session, of, signal } = seen;
  const restores = await readRestores(system, id, signal);
  const failed = restores.filter(({ status }) => /^(failed|cancell?ed)$/i.test(status));
  const bad = failed.length === 0 ? session.state : failed.length < restores.length ? 'partial' : 'failed';
  const state = session.state === 'failed' ? 'failed' : bad;
  const errors = [...(session.details && state !== 'succeeded' ? [session.details] : []), ...failed.map(describeEvent)];
  const result = { ...of.common, ...issuesOf({ errors }) };
  return { status: statusOf({ state, result, warnings: [NOT_COUNTED], raw: session.raw }), missing: [], whole: [] };
}

async function readRestores(
  system: VeeamSystem,
  id: string,
  signal: AbortSignal | undefined,
): Promise<readonly SessionEvent[]> {
  try {
    return (await readEvents(system, id, { signal })).filter(isRestore);
  } catch {
    signal?.throwIfAborted();
    return [];
  }
}
