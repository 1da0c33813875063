import type { Investigation, LostStart } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type Baseline, type FoundJob, type ReadJobs, readBaseline, serverTimeMs, type ToldJob } from './baseline.ts';
import { type BackupFacts, factsOfUnsure } from './facts.ts';
import { isSameTask, type JobName } from './progress-record.ts';
import { ACTIVE, readTenantStatus } from './settings.ts';

const POLL_EVERY_MS = 15_000;
/**
 * A server may process a start after a proxy has given up waiting for a minute. If no job shows for this time, it
 * was probably not started.
 */
const SILENCE_MS = 180_000;
/** How many more answers must show a new job before it is taken for the requested one. */
const CONFIRMATIONS = 2;
/** The portal forgets a job about 24 h after the last change of its record. */
const TOLD_FOR_MS = 23 * 3_600_000;

/** What differs between the kinds of jobs. */
export interface JobSource {
  readonly job: JobName;
  readonly read: ReadJobs;
  /** What a person should do if it is not known whether the start took effect. */
  readonly advice: string;
}

/**
 * Asks the portal about a lost start. A new job is taken for the requested one. If an active portal shows no new
 * job for minutes, that is evidence that nothing was started, but no proof. A day after the start, neither means
 * anything.
 */
export async function investigateByProgress(
  source: JobSource,
  system: System,
  lost: LostStart<BackupFacts>,
  options: ReconcileOptions,
): Promise<Investigation<BackupFacts>> {
  const { facts, wasAccepted } = lost;
  const baseline = readBaseline(lost.baseline);
  const { patienceMs = SILENCE_MS } = options;
  const since = system.clock.now();
  const observed = new Map<string, number>();
  let isSilent = !wasAccepted && baseline !== undefined && baseline.restores.every(hasEnded);
  let isTooLate = false;
  for (;;) {
    const seen = await observe(source, system, facts.dump, options);
    isTooLate = ageMs(system, lost, baseline) >= TOLD_FOR_MS;
    const added = baseline ? seen.jobs.filter(({ taskId }) => taskId && !isAmong(baseline.restores, taskId)) : [];
    const [only, ...others] = added;
    if (only?.taskId !== undefined && others.length === 0 && !isTooLate) {
      // An id that contains a secret must not be kept in a handle.
      const isUsable = !system.transport.redactor.containsSecret(only.taskId);
      const found = factsOfUnsure(only.dump, 'found-after-lost-start');
      if (isUsable && (await isConfirmed(source, system, facts.dump, only.taskId, options))) {
        return { outcome: 'started', id: only.taskId, facts: found };
      }
    }
    observed.set(seen.evidence, (observed.get(seen.evidence) ?? 0) + 1);
    isSilent &&= seen.isQuiet && added.length === 0 && areAllTold(baseline, seen.jobs);
    // Without a baseline, a new job cannot be distinguished from an older one by more polls.
    const left = since + patienceMs - system.clock.now();
    if (baseline === undefined || isTooLate || left <= 0) break;
    await system.clock.sleep(Math.min(POLL_EVERY_MS, left), options.signal);
  }
  const looksNotStarted = isSilent && !isTooLate && patienceMs >= SILENCE_MS;
  return {
    outcome: 'unknown',
    evidence: [
      `Before the start: ${baseline ? describeAll(baseline.restores, source.job) : `the progress of ${source.job}s could not be read`}.`,
      ...(wasAccepted ? [`The start was answered with success, but the answer named no ${source.job}.`] : []),
      ...Array.from(observed, ([what, count]) => `${count} x since: ${what}.`),
      ...(isTooLate
        ? [`The start is a day old, and the portal forgets a ${source.job} after that time, so this proves nothing.`]
        : []),
      ...(looksNotStarted
        ? [
            `No new ${source.job} showed in three minutes. That is no proof, because a server may process a start later.`,
          ]
        : []),
    ],
    advice: source.advice,
    ...omitUndefined({ looksNotStarted: looksNotStarted || undefined }),
  };
}

/**
 * The age by the server's clock, if it is known, because the clock of the process that sent the start may have been
 * wrong.
 */
function ageMs(system: System, { startedAt }: LostStart<BackupFacts>, baseline: Baseline | undefined): number {
  const now = serverTimeMs(system);
  return now !== undefined && baseline?.serverTime !== undefined
    ? now - Date.parse(baseline.serverTime)
    : system.clock.now() - startedAt.getTime();
}

/** An answer may come from another portal because of a mixed-up connection. So the job is read again. */
async function isConfirmed(
  source: JobSource,
  system: System,
  dump: boolean | undefined,
  taskId: string,
  options: ReconcileOptions,
): Promise<boolean> {
  for (let left = CONFIRMATIONS; left > 0; left -= 1) {
    const { jobs } = await observe(source, system, dump, options);
    if (!isAmong(jobs, taskId)) return false;
  }
  return true;
}

interface Seen {
  readonly jobs: readonly FoundJob[];
  readonly evidence: string;
  /** Whether all jobs could be read and none is running. */
  readonly isQuiet: boolean;
}

async function observe(
  source: JobSource,
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<Seen> {
  try {
    const jobs = await source.read(system, dump, options);
    const tenantStatus = await readTenantStatus(system, options);
    return {
      jobs,
      evidence: `${describeAll(jobs, source.job)}, tenantStatus ${tenantStatus ?? '(none)'}`,
      isQuiet: tenantStatus === ACTIVE && jobs.every(hasEnded),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const reason = error instanceof Error ? error.message : 'no reason given';
    return { jobs: [], evidence: `the portal could not be read (${reason})`, isQuiet: false };
  }
}

function hasEnded({ isCompleted, taskId }: ToldJob): boolean {
  return isCompleted && taskId !== undefined;
}

function isAmong(jobs: readonly ToldJob[], id: string): boolean {
  return jobs.some(({ taskId }) => isSameTask(taskId, id));
}

/** If an earlier job no longer shows, the requested one may have replaced it and disappeared as well. */
function areAllTold(baseline: Baseline | undefined, jobs: readonly ToldJob[]): boolean {
  return baseline?.restores.every(({ taskId }) => taskId !== undefined && isAmong(jobs, taskId)) === true;
}

function describeAll(jobs: readonly ToldJob[], job: JobName): string {
  return jobs.length === 0 ? `the portal showed no ${job}` : jobs.map((each) => describe(each, job)).join(', ');
}

function describe({ taskId, isCompleted, percent }: ToldJob, job: JobName): string {
  const where = percent === undefined ? '' : ` at ${percent} %`;
  return `${job} ${taskId ?? 'without an id'} ${isCompleted ? 'had ended' : 'was running'}${where}`;
}
