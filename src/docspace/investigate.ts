import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import * as z from '../schema/schema.ts';
import type { RestoreFacts } from './facts.ts';
import type { Baseline } from './identity-warnings.ts';
import { pollProgress } from './poll-progress.ts';
import { readTenantStatus } from './portal.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';

const POLL_EVERY_MS = 15_000;
/** A server can commit late: only after so long a silence does it look as if nothing was started. */
const SILENCE_MS = 60_000;

const ADVICE =
  'Look at docspace.backup.restoreProgress() and at the portal before anyone starts again; docspace.attach({ id: taskId }) follows a restore that shows there.';

/**
 * What the portal can tell about a lost start. A restore that was not there before is taken for ours; a minute in which
 * an active portal tells of nothing new is evidence that nothing was started, and no proof.
 */
export async function investigateByProgress(
  system: System,
  lost: LostStart<RestoreFacts>,
  options: ReconcileOptions,
): Promise<Investigation<RestoreFacts>> {
  const { facts, wasAccepted } = lost;
  const baseline = readBaseline(lost.baseline);
  const { patienceMs = SILENCE_MS } = options;
  const since = system.clock.now();
  const observed = new Map<string, number>();
  let isSilent = !wasAccepted && (baseline === 'none' || (typeof baseline === 'object' && baseline.isCompleted));
  for (;;) {
    const seen = await observe(system, facts.dump, options);
    const { taskId } = seen.progress ?? {};
    const isNew = baseline !== undefined && taskId !== undefined && !isSameTask(taskId, idOf(baseline));
    // An id that echoes a secret must not get into a handle.
    if (isNew && !system.transport.redactor.containsSecret(taskId)) {
      return { outcome: 'started', id: taskId, facts: { ...facts, identity: 'found-after-lost-start' } };
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
      ...(wasAccepted ? ['The start was answered with success, and named no restore.'] : []),
      ...Array.from(observed, ([what, count]) => `${count} x since: ${what}.`),
      ...(looksNotStarted
        ? ['Nothing new showed in a minute, which is no proof: a server may carry a start out later.']
        : []),
    ],
    advice: ADVICE,
    ...(looksNotStarted ? { looksNotStarted } : {}),
  };
}

const BaselineSchema = z.object({
  taskId: z.optional(z.string()),
  isCompleted: z.boolean(),
  percent: z.optional(z.number()),
});

/** What the portal tells of its restores before a start, as JSON without secrets. */
export async function takeBaseline(
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<unknown> {
  const progress = readProgress((await pollProgress(system, dump, options)).body);
  if (!progress) return 'none';
  const { taskId, isCompleted, percent } = progress;
  return system.transport.redactor.data({ taskId, isCompleted, percent });
}

export function readBaseline(saved: unknown): Baseline {
  return saved === 'none' ? 'none' : (z.safeParse(BaselineSchema, saved).data as Baseline);
}

interface Seen {
  readonly progress?: RestoreProgress | undefined;
  readonly evidence: string;
  /** All could be read, and nothing goes on. */
  readonly isQuiet: boolean;
}

async function observe(system: System, dump: boolean | undefined, options: ReconcileOptions): Promise<Seen> {
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

function describe(progress: Exclude<Baseline, 'none'>): string {
  if (!progress) return 'the portal told of no restore';
  const where = progress.percent === undefined ? '' : ` at ${progress.percent} %`;
  return `restore ${progress.taskId ?? 'without an id'} ${progress.isCompleted ? 'had ended' : 'was running'}${where}`;
}
