import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import {
  type Baseline,
  type FoundRestore,
  readBaseline,
  readRestores,
  serverTimeMs,
  type ToldRestore,
} from './baseline.ts';
import { factsOfUnsure, type RestoreFacts } from './facts.ts';
import { isSameTask } from './progress-record.ts';
import { ACTIVE, readTenantStatus } from './settings.ts';

const POLL_EVERY_MS = 15_000;
/**
 * A server can carry out late what a proxy has given up after a minute: only after so long a silence does it look as if
 * nothing was started.
 */
const SILENCE_MS = 180_000;
/** Answers that must name a restore, after the one that named it first, before it is taken for ours. */
const CONFIRMATIONS = 2;
/** The portal forgets a restore about 24 h after its record was last written. */
const TOLD_FOR_MS = 23 * 3_600_000;

const ADVICE =
  'Look at docspace.portal.restoreProgress() and at the portal before anyone starts again; docspace.attach({ id: taskId }) follows a restore that shows there.';

/**
 * What the portal can tell about a lost start. A restore that was not there before is taken for ours. Minutes in which an
 * active portal tells of nothing new are evidence that nothing was started, and no proof; a day after the start neither
 * means anything.
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
  let isSilent = !wasAccepted && baseline !== undefined && baseline.restores.every(hasEnded);
  let isTooLate = false;
  for (;;) {
    const seen = await observe(system, facts.dump, options);
    isTooLate = ageMs(system, lost, baseline) >= TOLD_FOR_MS;
    const added = baseline ? seen.restores.filter(({ taskId }) => taskId && !isAmong(baseline.restores, taskId)) : [];
    const [only, ...others] = added;
    if (only?.taskId !== undefined && others.length === 0 && !isTooLate) {
      // An id that echoes a secret must not get into a handle.
      const isUsable = !system.transport.redactor.containsSecret(only.taskId);
      const found = factsOfUnsure(only.dump, 'found-after-lost-start');
      if (isUsable && (await isConfirmed(system, facts.dump, only.taskId, options))) {
        return { outcome: 'started', id: only.taskId, facts: found };
      }
    }
    observed.set(seen.evidence, (observed.get(seen.evidence) ?? 0) + 1);
    isSilent &&= seen.isQuiet && added.length === 0 && areAllTold(baseline, seen.restores);
    // Without a baseline a restore cannot be told from one that was there before, however often we poll.
    const left = since + patienceMs - system.clock.now();
    if (baseline === undefined || isTooLate || left <= 0) break;
    await system.clock.sleep(Math.min(POLL_EVERY_MS, left), options.signal);
  }
  const looksNotStarted = isSilent && !isTooLate && patienceMs >= SILENCE_MS;
  return {
    outcome: 'unknown',
    evidence: [
      `Before the start: ${baseline ? describeAll(baseline.restores) : 'the progress of restores could not be read'}.`,
      ...(wasAccepted ? ['The start was answered with success, and named no restore.'] : []),
      ...Array.from(observed, ([what, count]) => `${count} x since: ${what}.`),
      ...(isTooLate
        ? ['The start is a day old: the portal forgets a restore after that, so this proves nothing.']
        : []),
      ...(looksNotStarted
        ? ['Nothing new showed in three minutes, which is no proof: a server may carry a start out later.']
        : []),
    ],
    advice: ADVICE,
    ...omitUndefined({ looksNotStarted: looksNotStarted || undefined }),
  };
}

/** By the server's clock, where it tells the time: that of the process that started it may have been wrong. */
function ageMs(system: System, { startedAt }: LostStart<RestoreFacts>, baseline: Baseline | undefined): number {
  const now = serverTimeMs(system);
  return now !== undefined && baseline?.serverTime !== undefined
    ? now - Date.parse(baseline.serverTime)
    : system.clock.now() - startedAt.getTime();
}

/** An answer may be that of another portal, over a connection that was mixed up. So the restore is asked for again. */
async function isConfirmed(
  system: System,
  dump: boolean | undefined,
  taskId: string,
  options: ReconcileOptions,
): Promise<boolean> {
  for (let left = CONFIRMATIONS; left > 0; left -= 1) {
    const { restores } = await observe(system, dump, options);
    if (!isAmong(restores, taskId)) return false;
  }
  return true;
}

interface Seen {
  readonly restores: readonly FoundRestore[];
  readonly evidence: string;
  /** All could be read, and nothing goes on. */
  readonly isQuiet: boolean;
}

async function observe(system: System, dump: boolean | undefined, options: ReconcileOptions): Promise<Seen> {
  try {
    const restores = await readRestores(system, dump, options);
    const tenantStatus = await readTenantStatus(system, options);
    return {
      restores,
      evidence: `${describeAll(restores)}, tenantStatus ${tenantStatus ?? '(none)'}`,
      isQuiet: tenantStatus === ACTIVE && restores.every(hasEnded),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : 'no reason given';
    return { restores: [], evidence: `the portal could not be read (${reason})`, isQuiet: false };
  }
}

function hasEnded({ isCompleted, taskId }: ToldRestore): boolean {
  return isCompleted && taskId !== undefined;
}

function isAmong(restores: readonly ToldRestore[], id: string): boolean {
  return restores.some(({ taskId }) => isSameTask(taskId, id));
}

/** A restore that is no longer told of may have been replaced by ours, which is gone as well. */
function areAllTold(baseline: Baseline | undefined, restores: readonly ToldRestore[]): boolean {
  return baseline?.restores.every(({ taskId }) => taskId !== undefined && isAmong(restores, taskId)) === true;
}

function describeAll(restores: readonly ToldRestore[]): string {
  return restores.length === 0 ? 'the portal told of no restore' : restores.map(describe).join(', ');
}

function describe({ taskId, isCompleted, percent }: ToldRestore): string {
  const where = percent === undefined ? '' : ` at ${percent} %`;
  return `restore ${taskId ?? 'without an id'} ${isCompleted ? 'had ended' : 'was running'}${where}`;
}
