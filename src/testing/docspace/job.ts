import type { DocSpaceEnd, DocSpaceScenario } from './scenario.ts';
import { isAtLeast } from './server-version.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
const SWAP_PERCENT = 75;

/** A restore as it was queued. Its state is computed from this and the time. */
export interface Job {
  readonly taskId: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly visibleAfterMs: number;
  readonly dump: boolean;
  /** Who gets the mails. */
  readonly notify: boolean;
  /** Started by another portal of the server. */
  readonly isForeign: boolean;
  /** How often the tenant had been replaced when the restore was queued. */
  readonly generation: number;
  /** True if no worker takes the job. */
  readonly stuck: boolean;
  readonly end: DocSpaceEnd;
}

export interface JobView {
  readonly ended: boolean;
  readonly progress: number;
  readonly status: number;
  /** Empty while there is no error. */
  readonly error: string;
  readonly warning: string | undefined;
  readonly locked: boolean;
  /** Whether the portal was locked. The lock may have been removed again. */
  readonly wasLocked: boolean;
  readonly swapped: boolean;
  /** Whether the data is restored. The remaining work cannot fail. */
  readonly hasData: boolean;
  readonly inGap: boolean;
  readonly expired: boolean;
}

export function truthOf(end: DocSpaceEnd): NonNullable<DocSpaceEnd['truth']> {
  return end.truth ?? 'succeeded';
}

/** Milliseconds from the start to the end, or to the death of the worker. */
export function lengthOf(job: Job): number {
  return reachedAfterMs(job) + (job.end.lingerMs ?? 0);
}

export function viewJob(job: Job, now: number, scenario: DocSpaceScenario): JobView {
  const truth = truthOf(job.end);
  const elapsed = now - job.startedAt;
  const over = elapsed >= lengthOf(job);
  const ended = over && truth !== 'never';
  // After its end the job does not change any more.
  const stands = elapsed >= reachedAfterMs(job);
  const position = stands ? endPercent(job.end) : (100 * elapsed) / job.durationMs;
  const undone = ended && truth !== 'succeeded';
  const swapped = !job.dump && position >= SWAP_PERCENT && !undone;
  const sinceSwap = elapsed - (job.durationMs * SWAP_PERCENT) / 100;
  const locksAt = scenario.locksAtPercent ?? (isAtLeast(scenario, '3.7') ? 10 : 0);
  const isTaken = !job.stuck && (elapsed > 0 || ended);
  const wasLocked = isTaken && position >= locksAt;
  const running = isTaken ? 1 : 0;
  return {
    ended,
    progress: stands ? position : progressAt(position),
    status: ended ? (job.end.status ?? (truth === 'canceled' ? 3 : 2)) : running,
    error: ended ? (job.end.error ?? (truth === 'failed' ? 'The backup file is invalid.' : '')) : '',
    warning: ended ? job.end.warning : undefined,
    locked: wasLocked && !ended && !(swapped && scenario.unlocksAt === 'swap'),
    wasLocked,
    swapped,
    hasData: position >= SWAP_PERCENT && !undone,
    inGap: swapped && sinceSwap < (scenario.swapGap?.ms ?? 0),
    expired: isExpired({ job, elapsed, position, ended }, scenario),
  };
}

/** The cache keeps a record for a day after its last write, even if the job has not ended. */
function isExpired(
  { job, elapsed, position, ended }: { job: Job; elapsed: number; position: number; ended: boolean },
  { recordEndsWithJob = false, recordLifeMs = DAY_MS }: DocSpaceScenario,
): boolean {
  if (ended && recordEndsWithJob) return true;
  const lastWriteAt = ended ? lengthOf(job) : Math.min(elapsed, (progressAt(position) * job.durationMs) / 100);
  return elapsed - lastWriteAt >= recordLifeMs;
}

function endPercent(end: DocSpaceEnd): number {
  return end.atPercent ?? (truthOf(end) === 'succeeded' ? 100 : 62);
}

function reachedAfterMs(job: Job): number {
  return (job.durationMs * endPercent(job.end)) / 100;
}

/** The steps that the worker writes: 0, 10 with the archive at hand, table by table to 75, then 100. */
function progressAt(position: number): number {
  if (position < 10) return 0;
  return Math.min(Math.floor(position), SWAP_PERCENT);
}
