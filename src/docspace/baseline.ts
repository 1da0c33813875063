import type { System } from '../client/system.ts';
import { IsoTimeSchema } from '../client/text-schemas.ts';
import type { ReconcileOptions } from '../errors/start-outcome-unknown-error.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { dumpsToAsk, pollProgress } from './poll-progress.ts';
import { isSameTask, type RestoreProgress, readProgress } from './progress-record.ts';

const BaselineSchema = z.object({
  serverTime: z.optional(IsoTimeSchema),
  restores: z.array(
    z.object({ taskId: z.optional(z.string()), isCompleted: z.boolean(), percent: z.optional(z.number()) }),
  ),
});

/** What the portal showed about its jobs of one kind just before a start. */
export interface Baseline {
  /** The time of the server's clock; absent if the server does not send it. */
  readonly serverTime?: string | undefined;
  /** The jobs that it showed, restores or backups; empty if there were none. */
  readonly restores: readonly ToldJob[];
}

export type ToldJob = Pick<RestoreProgress, 'taskId' | 'isCompleted' | 'percent'>;

/** Reads the jobs that the portal shows; with `dump` undefined, those of the portal and of the server. */
export type ReadJobs = (
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
) => Promise<readonly FoundJob[]>;

/** Reads the jobs that the portal shows before a start, as JSON without secrets. */
export async function takeBaseline(
  read: ReadJobs,
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<unknown> {
  const restores = (await read(system, dump, options)).map(({ taskId, isCompleted, percent }) => ({
    taskId,
    isCompleted,
    percent,
  }));
  const at = serverTimeMs(system);
  const serverTime = at === undefined ? undefined : new Date(at).toISOString();
  return system.transport.redactor.data(omitUndefined({ serverTime, restores }));
}

/** Reads a saved baseline; undefined if there is none. */
export function readBaseline(saved: unknown): Baseline | undefined {
  return z.safeParse(BaselineSchema, saved).data as Baseline | undefined;
}

/** The current time of the server's clock; undefined if the server does not send it. */
export function serverTimeMs({ clock, transport }: System): number | undefined {
  return transport.serverAheadMs === undefined ? undefined : clock.now() + transport.serverAheadMs;
}

/** A job that the portal shows, and the value of `Dump` with which it was found. */
export interface FoundJob extends RestoreProgress {
  readonly dump: boolean;
}

/**
 * All restores that the portal shows, each once, because a hosted portal answers the same for both values of `Dump`.
 */
export async function readRestores(
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<readonly FoundJob[]> {
  const found: FoundJob[] = [];
  for (const asked of dumpsToAsk(dump)) {
    const progress = readProgress((await pollProgress(system, asked, options)).body);
    if (progress && !found.some(({ taskId }) => isSameTask(taskId, progress.taskId))) {
      found.push({ ...progress, dump: asked });
    }
  }
  return found;
}
