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
 * A server may process a start after a proxy has given up waiting for a minute. If no restore shows for this time, it
 * was probably not started.
 */
const SILENCE_MS = 180_000;
/** How many more answers must show a new restore before it is taken for the requested one. */
const CONFIRMATIONS = 2;
/** The portal forgets a restore about 24 h after the last change of its record. */
const TOLD_FOR_MS = 23 * 3_600_000;

const ADVICE =
  'Check docspace.portal.restoreProgress() and the portal before anyone starts again. If a restore shows there, docspace.attach({ id: taskId }) follows it.';

/**
 * Asks the portal about a lost start. A new restore is taken for the requested one. If an active portal shows no new
 * restore for minutes, that is evidence that nothing was started, but no proof. A day after the start, neither means
 * anything.
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
      // An id that contains a secret must not be kept in a handle.
      const isUsable = !system.transport.redactor.containsSecret(only.taskId);
      const found = factsOfUnsure(only.dump, 'found-after-lost-start');
      if (isUsable && (await isConfirmed(system, facts.dump, only.taskId, options))) {
        return { outcome: 'started', id: only.taskId, facts: found };
      }
    }
    observed.set(seen.evidence, (observed.get(seen.evidence) ?? 0) + 1);
    isSilent &&= seen.isQuiet && added.length === 0 && areAllTold(baseline, seen.restores);
    // Without a baseline, a new restore cannot be distinguished from an older one by more polls.
    const left = since + patienceMs - system.clock.now();
    if (baseline === undefined || isTooLate || left <= 0) break;
    await system.clock.sleep(Math.min(POLL_EVERY_MS, left), options.signal);
  }
  const looksNotStarted = isSilent && !isTooLate && patienceMs >= SILENCE_MS;
  return {
    outcome: 'unknown',
    evidence: [
      `Before the start: ${baseline ? describeAll(baseline.restores) : 'the progress of restores could not be read'}.`,
      ...(wasAccepted ? ['The start was answered with success, but the answer named no restore.'] : []),
      ...Array.from(observed, ([what, count]) => `${count} x since: ${what}.`),
      ...(isTooLate
        ? ['The start is a day old, and the portal forgets a restore after that time, so this proves nothing.']
        : []),
      ...(looksNotStarted
        ? ['No new restore showed in three minutes. That is no proof, because a server may process a start later.']
        : []),
    ],
    advice: ADVICE,
    ...omitUndefined({ looksNotStarted: looksNotStarted || undefined }),
  };
}

/**
 * The age by the server's clock, if it is known, because the clock of the process that sent the start may have been
 * wrong.
 */
function ageMs(system: System, { startedAt }: LostStart<RestoreFacts>, baseline: Baseline | undefined): number {
  const now = serverTimeMs(system);
  return now !== undefined && baseline?.serverTime !== undefined
    ? now - Date.parse(baseline.serverTime)
    : system.clock.now() - startedAt.getTime();
}

/** An answer may come from another portal because of a mixed-up connection. So the restore is read again. */
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
  /** Whether all restores could be read and none is running. */
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

/** If an earlier restore no longer shows, the requested one may have replaced it and disappeared as well. */
function areAllTold(baseline: Baseline | undefined, restores: readonly ToldRestore[]): boolean {
  return baseline?.restores.every(({ taskId }) => taskId !== undefined && isAmong(restores, taskId)) === true;
}

function describeAll(restores: readonly ToldRestore[]): string {
  return restores.length === 0 ? 'the portal showed no restore' : restores.map(describe).join(', ');
}

function describe({ taskId, isCompleted, percent }: ToldRestore): string {
  const where = percent === undefined ? '' : ` at ${percent} %`;
  return `restore ${taskId ?? 'without an id'} ${isCompleted ? 'had ended' : 'was running'}${where}`;
}
