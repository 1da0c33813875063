import type { DocSpaceEnd, DocSpaceScenario } from './scenario.ts';

export const DAY_MS = 24 * 60 * 60 * 1000;
const SWAP_PERCENT = 75;

/** A restore as it was queued; all that follows is computed from it and the time. */
export interface Job {
  readonly taskId: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly visibleAfterMs: number;
  readonly dump: boolean;
  /** How often the tenant had been swapped when it was queued. */
  readonly generation: number;
  /** No worker takes it. */
  readonly stuck: boolean;
  readonly end: DocSpaceEnd;
}

export interface JobView {
  readonly ended: boolean;
  readonly progress: number;
  readonly status: number;
  /** '' while there is none. */
  readonly error: string;
  readonly warning: string | undefined;
  readonly locked: boolean;
  readonly swapped: boolean;
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
  // Beyond the point where it ends, the job stands still.
  const stands = elapsed >= reachedAfterMs(job);
  const position = stands ? endPercent(job.end) : (100 * elapsed) / job.durationMs;
  const undone = ended && truth !== 'succeeded';
  const swapped = !job.dump && position >= SWAP_PERCENT && !undone;
  const sinceSwap = elapsed - (job.durationMs * SWAP_PERCENT) / 100;
  const running = job.stuck || elapsed === 0 ? 0 : 1;
  return {
    ended,
    progress: stands ? position : progressAt(position),
    status: ended ? (job.end.status ?? (truth === 'canceled' ? 3 : 2)) : running,
    error: ended ? (job.end.error ?? (truth === 'failed' ? 'The backup file is invalid.' : '')) : '',
    warning: ended ? job.end.warning : undefined,
    locked: !ended && position >= (scenario.locksAtPercent ?? 10) && !(swapped && scenario.unlocksAt === 'swap'),
    swapped,
    inGap: swapped && sinceSwap < (scenario.swapGap?.ms ?? 0),
    expired: over && elapsed - lengthOf(job) >= (scenario.recordLifeMs ?? DAY_MS),
  };
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
