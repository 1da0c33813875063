import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import { type DocSpaceBackup, docspaceBackups, docspaceFiles, type SourceState } from './archives.ts';
import { endOf } from './ends.ts';
import { guid } from './ids.ts';
import { type Job, type JobView, lengthOf, truthOf, viewJob } from './job.ts';
import type { DocSpaceScenario, OtherRestore } from './scenario.ts';

const DEFAULT_DURATION_MS = 60_000;
const FILE_ID_STEP = 10_000;

/** Who gets the mails about a restore: `notify` chooses the audience and switches nothing off (DS-23). */
export interface RestoreMail {
  readonly taskId: string;
  readonly audience: 'owner' | 'every active user';
}

export interface AcceptedStart {
  readonly source: SourceState;
  readonly dump: boolean;
  readonly notify: boolean;
}

export type Portal = ReturnType<typeof createPortal>;

/** One portal: its queue of restores, and what they have made of it by now. */
export function createPortal({ clock, scenario }: { readonly clock: Clock; readonly scenario: DocSpaceScenario }) {
  const jobs: Job[] = [];
  const restores: EmulatedRestore[] = [];
  const mails: RestoreMail[] = [];
  let backups: readonly DocSpaceBackup[] = scenario.backups ?? Object.values(docspaceBackups);
  const files: Readonly<Record<string, SourceState>> = scenario.files ?? docspaceFiles;

  const view = (job: Job): JobView => viewJob(job, clock.now(), scenario);
  const started = (): Job[] =>
    jobs.filter((job) => job.startedAt <= clock.now()).sort((one, other) => one.startedAt - other.startedAt);
  const swaps = (): number => started().filter((job) => view(job).swapped).length;

  const enqueue = (job: Omit<Job, 'taskId'>): Job => {
    const queued = { ...job, taskId: guid(0x0f8fad5b, jobs.length + 1) };
    jobs.push(queued);
    return queued;
  };
  const enqueueOther = (other: OtherRestore, startedAt: number, generation: number): Job =>
    enqueue({
      startedAt,
      durationMs: other.durationMs ?? DEFAULT_DURATION_MS,
      visibleAfterMs: 0,
      dump: false,
      generation,
      stuck: false,
      end: other.end ?? {},
    });

  if (scenario.earlierRestore) {
    enqueueOther(scenario.earlierRestore, clock.now() - scenario.earlierRestore.agoMs, 0);
  }

  return {
    clock,
    scenario,
    restores,
    mails,
    view,
    /** How often the tenant was replaced: ids, keys and passwords belong to one generation. */
    generation: swaps,
    tenantId: (): number => 1 + 6 * swaps(),
    isLocked: (): boolean => started().some((job) => view(job).locked),
    isTenantGone: (): boolean => scenario.swapGap?.kind === 'not-found' && started().some((job) => view(job).inGap),
    /** The job that a second start is told of, since one portal has one job at a time (DS-10). */
    running(): Job | undefined {
      const last = started().at(-1);
      return last && !view(last).ended && !view(last).expired ? last : undefined;
    },
    /** The job that the progress call tells of. */
    visible(dump: boolean | undefined): Job | undefined {
      const last = started().findLast((job) => job.startedAt + job.visibleAfterMs <= clock.now());
      if (!last || view(last).expired || (view(last).inGap && scenario.swapGap?.kind === 'no-response'))
        return undefined;
      return dump === undefined || last.dump === dump ? last : undefined;
    },
    accept(start: AcceptedStart): Job {
      const durationMs = scenario.durationMs ?? DEFAULT_DURATION_MS;
      const end = endOf(start.source, { scenario, durationMs });
      const generation = swaps();
      const job = enqueue({
        startedAt: clock.now(),
        durationMs,
        visibleAfterMs: scenario.visibleAfterMs ?? 0,
        dump: start.dump,
        generation,
        stuck: start.source === 'not-uploaded',
        end,
      });
      restores.push({ id: job.taskId, startedAt: job.startedAt, truth: truthOf(end) });
      mails.push({ taskId: job.taskId, audience: start.notify ? 'every active user' : 'owner' });
      if (scenario.laterRestore) {
        const startsAt = job.startedAt + lengthOf(job) + scenario.laterRestore.afterMs;
        const swapped = truthOf(end) === 'succeeded' && !job.dump;
        enqueueOther(scenario.laterRestore, startsAt, generation + (swapped ? 1 : 0));
      }
      return job;
    },
    backup: (id: string): DocSpaceBackup | undefined => backups.find((backup) => backup.id.toLowerCase() === id),
    /** Reading the history forgets the records whose archive is gone. */
    readHistory(): readonly DocSpaceBackup[] {
      backups = backups.filter((backup) => backup.archive !== 'missing');
      return backups;
    },
    addBackup(backup: DocSpaceBackup): void {
      backups = [...backups, backup];
    },
    /** Files by the ids that they have now: a restore counts them anew (DS-14). */
    files: (): Readonly<Record<string, SourceState>> =>
      Object.fromEntries(
        Object.entries(files).map(([id, state]) => [
          /^\d+$/.test(id) ? `${Number(id) + FILE_ID_STEP * swaps()}` : id,
          state,
        ]),
      ),
    userId: (): string => guid(0x66faa6e4, 1 + swaps()),
  };
}
