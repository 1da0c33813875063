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

/** What the portal told of its restores just before a start. */
export interface Baseline {
  /** When, by the server's clock; absent where it does not tell it. */
  readonly serverTime?: string | undefined;
  /** Empty where it told of none. */
  readonly restores: readonly ToldRestore[];
}

export type ToldRestore = Pick<RestoreProgress, 'taskId' | 'isCompleted' | 'percent'>;

/** What the portal tells of its restores before a start, as JSON without secrets. */
export async function takeBaseline(
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<unknown> {
  const restores = (await readRestores(system, dump, options)).map(({ taskId, isCompleted, percent }) => ({
    taskId,
    isCompleted,
    percent,
  }));
  const at = serverTimeMs(system);
  const serverTime = at === undefined ? undefined : new Date(at).toISOString();
  return system.transport.redactor.data(omitUndefined({ serverTime, restores }));
}

/** What was saved of it; undefined where the portal could not be asked. */
export function readBaseline(saved: unknown): Baseline | undefined {
  return z.safeParse(BaselineSchema, saved).data as Baseline | undefined;
}

/** Now, by the server's clock; undefined where it does not tell it. */
export function serverTimeMs({ clock, transport }: System): number | undefined {
  return transport.serverAheadMs === undefined ? undefined : clock.now() + transport.serverAheadMs;
}

/** A restore that the portal tells of, and the `Dump` by which it was found. */
export interface FoundRestore extends RestoreProgress {
  readonly dump: boolean;
}

/** All that the portal tells of, each restore once: a hosted portal answers the same for both. */
export async function readRestores(
  system: System,
  dump: boolean | undefined,
  options: ReconcileOptions,
): Promise<readonly FoundRestore[]> {
  const found: FoundRestore[] = [];
  for (const asked of dumpsToAsk(dump)) {
    const progress = readProgress((await pollProgress(system, asked, options)).body);
    if (progress && !found.some(({ taskId }) => isSameTask(taskId, progress.taskId))) {
      found.push({ ...progress, dump: asked });
    }
  }
  return found;
}
