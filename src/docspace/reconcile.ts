import type { paths } from '../../generated/docspace.d.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions, Reconciliation } from '../errors/start-outcome-unknown-error.ts';
import type { Baseline } from './doubts.ts';
import { pollProgress } from './poll-progress.ts';
import { readTenantStatus } from './portal.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';

export interface LostStart<Operation> {
  readonly baseline: Baseline;
  readonly dump: boolean | undefined;
  /** The portal answered 200 and named no restore. */
  readonly wasAccepted: boolean;
  readonly adopt: (taskId: string) => Operation;
}

const POLL_EVERY_MS = 15_000;
/** A server can commit late: only after so long a silence does it look as if nothing was started. */
const SILENCE_MS = 60_000;

const ADVICE =
  'Look at docspace.backup.restoreProgress() and at the portal before anyone starts again; docspace.attach({ id: taskId }) follows a restore that shows there.';

/**
 * What the portal can tell about a lost start. A restore that was not there before is taken for ours; a minute in which
 * an active portal tells of nothing new is evidence that nothing was started, and no proof.
 */
export async function reconcileByProgress<Operation>(
  system: System<paths>,
  lost: LostStart<Operation>,
  options: ReconcileOptions,
): Promise<Reconciliation<Operation>> {
  const { baseline, adopt } = lost;
  const { patienceMs = SILENCE_MS } = options;
  const since = system.clock.now();
  const observed = new Map<string, number>();
  let isSilent = !lost.wasAccepted && (baseline === 'none' || (typeof baseline === 'object' && baseline.isCompleted));
  for (;;) {
    const seen = await lookAround(system, lost.dump, options);
    const { taskId } = seen.progress ?? {};
    const isNew = baseline !== undefined && taskId !== undefined && !isSameTask(taskId, idOf(baseline));
    // An id that echoes a secret must not get into a handle.
    if (isNew && !system.transport.redactor.containsSecret(taskId)) {
      return { outcome: 'started', operation: adopt(taskId) };
    }
    observed.set(seen.evidence, (observed.get(seen.evidence) ?? 0) + 1);
    isSilent &&= seen.isQuiet && !isNew;
    // Without a baseline a restore cannot be told from one that was there before, however often we poll.
    const left = since + patienceMs - system.clock.now();
    if (baseline === undefined || left <= 0) break;
    await system.clock.sleep(Math.min(POLL_EVERY_MS, left), options.signal);
  }
  const looksNotStarted = isSilent && patienceMs >= SILENCE_MS;
  return {
    outcome: 'unknown',
    evidence: [
      `Before the start: ${describeBaseline(baseline)}.`,
      ...(lost.wasAccepted ? ['The start was answered with success, and named no restore.'] : []),
      ...Array.from(observed, ([what, count]) => `${count} x since: ${what}.`),
      ...(looksNotStarted
        ? ['Nothing new showed in a minute, which is no proof: a server may carry a start out later.']
        : []),
    ],
    advice: ADVICE,
    ...(looksNotStarted ? { looksNotStarted } : {}),
  };
}

interface Seen {
  readonly progress?: RestoreProgress | undefined;
  readonly evidence: string;
  /** All could be read, and nothing goes on. */
  readonly isQuiet: boolean;
}

async function lookAround(system: System<paths>, dump: boolean | undefined, options: ReconcileOptions): Promise<Seen> {
  try {
    const progress = readProgress((await pollProgress(system, dump, options)).body);
    const tenantStatus = await readTenantStatus(system, options);
    return {
      progress,
      evidence: `${describe(progress)}, tenantStatus ${tenantStatus ?? '(none)'}`,
      isQuiet:
        tenantStatus === 0 && (progress === undefined || (progress.isCompleted && progress.taskId !== undefined)),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : 'no reason given';
    return { evidence: `the portal could not be read (${reason})`, isQuiet: false };
  }
}

function idOf(baseline: Exclude<Baseline, undefined>): string | undefined {
  return baseline === 'none' ? undefined : baseline.taskId;
}

function describeBaseline(baseline: Baseline): string {
  if (baseline === undefined) return 'the progress of restores could not be read';
  return baseline === 'none' ? describe(undefined) : describe(baseline);
}

function describe(progress: RestoreProgress | undefined): string {
  if (!progress) return 'the portal told of no restore';
  const where = progress.percent === undefined ? '' : ` at ${progress.percent} %`;
  return `restore ${progress.taskId ?? 'without an id'} ${progress.isCompleted ? 'had ended' : 'was running'}${where}`;
}
