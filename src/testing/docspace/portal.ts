import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import { docspaceFiles, docspaceFolders, type SourceState } from './archives.ts';
import { endOf } from './ends.ts';
import { guid } from './ids.ts';
import { type Job, type JobView, lengthOf, truthOf, viewJob } from './job.ts';
import { mailsOf, type RestoreMail } from './mails.ts';
import { createRecords } from './records.ts';
import type { DocSpaceScenario, OtherRestore } from './scenario.ts';
import { isAtLeast } from './server-version.ts';
import { createUploads } from './uploads.ts';

const DEFAULT_DURATION_MS = 60_000;
const FILE_ID_STEP = 10_000;

export interface AcceptedStart {
  readonly source: SourceState;
  readonly dump: boolean;
  readonly notify: boolean;
}

export type Portal = ReturnType<typeof createPortal>;

/** One portal: its queue of restores and its current state. */
export function createPortal({ clock, scenario }: { readonly clock: Clock; readonly scenario: DocSpaceScenario }) {
  const jobs: Job[] = [];
  const restores: EmulatedRestore[] = [];
  const files: Readonly<Record<string, SourceState>> = scenario.files ?? docspaceFiles;

  const view = (job: Job): JobView => viewJob(job, clock.now(), scenario);
  const started = (): Job[] =>
    jobs.filter((job) => job.startedAt <= clock.now()).sort((one, other) => one.startedAt - other.startedAt);
  const swaps = (): number => started().filter((job) => view(job).swapped).length;
  /** The portal's own jobs, oldest first. */
  const own = (): Job[] => started().filter((job) => !job.isForeign);
  const isInSight = (job: Job): boolean => {
    const { expired, inGap } = view(job);
    return !expired && !(inGap && scenario.swapGap?.kind === 'no-response');
  };
  const hasRestored = (kind: 'portal' | 'server'): boolean =>
    started().some((job) => job.dump === (kind === 'server') && view(job).hasData);

  const enqueue = (job: Omit<Job, 'taskId'>): Job => {
    const queued = { ...job, taskId: guid(0x0f8fad5b, jobs.length + 1) };
    jobs.push(queued);
    return queued;
  };
  const enqueueOther = (other: OtherRestore, startedAt: number, generation: number, isForeign = false): Job =>
    enqueue({
      startedAt,
      durationMs: other.durationMs ?? DEFAULT_DURATION_MS,
      visibleAfterMs: 0,
      dump: isForeign,
      notify: false,
      isForeign,
      generation,
      stuck: false,
      end: other.end ?? {},
    });

  if (scenario.earlierRestore) {
    enqueueOther(scenario.earlierRestore, clock.now() - scenario.earlierRestore.agoMs, 0);
  }
  if (scenario.serverRestore && scenario.edition === 'standalone') {
    enqueueOther(scenario.serverRestore, clock.now() - scenario.serverRestore.agoMs, 0, true);
  }

  return {
    clock,
    scenario,
    restores,
    mails: (): RestoreMail[] => started().flatMap((job) => mailsOf(job, view(job))),
    view,
    /** How often the tenant was replaced: ids, keys and passwords belong to one generation. */
    generation: swaps,
    tenantId: (): number => 1 + 6 * swaps(),
    isLocked: (): boolean => started().some((job) => view(job).locked),
    isTenantGone: (): boolean => scenario.swapGap?.kind === 'not-found' && started().some((job) => view(job).inGap),
    /** The job in the answer to a second start, because a portal has only one job at a time (DS-10). */
    running(): Job | undefined {
      const last = own().at(-1);
      return last && !view(last).ended && !view(last).expired ? last : undefined;
    },
    /** The job that the progress call shows: that of the server, that of this portal, or the first of both (DS-22). */
    visible(dump: boolean | undefined): Job | undefined {
      // The next job of the portal replaces the previous one as soon as it is visible.
      const last = own().findLast((job) => job.startedAt + job.visibleAfterMs <= clock.now());
      return started()
        .filter((job) => (job.isForeign || job === last) && (dump === undefined || job.dump === dump))
        .find(isInSight);
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
        notify: start.notify,
        isForeign: false,
        generation,
        stuck: start.source === 'not-uploaded',
        end,
      });
      restores.push({ id: job.taskId, startedAt: job.startedAt, truth: truthOf(end) });
      if (scenario.laterRestore) {
        const startsAt = job.startedAt + lengthOf(job) + scenario.laterRestore.afterMs;
        const swapped = truthOf(end) === 'succeeded' && !job.dump;
        enqueueOther(scenario.laterRestore, startsAt, generation + (swapped ? 1 : 0));
      }
      return job;
    },
    ...createUploads({ clock, scenario }),
    ...createRecords(scenario, swaps, () => clock.now()),
    /** Folders by their current ids (DS-14). */
    hasFolder: (id: string): boolean =>
      docspaceFolders.some(
        (folder) => id === (/^\d+$/.test(folder) ? `${Number(folder) + FILE_ID_STEP * swaps()}` : folder),
      ),
    /** Files by their current ids, which a restore changes (DS-14). */
    files: (): Readonly<Record<string, SourceState>> =>
      Object.fromEntries(
        Object.entries(files)
          .filter(([id]) => !hasRestored('portal') || !scenario.end?.skippedFiles?.includes(id))
          .map(([id, state]) => [/^\d+$/.test(id) ? `${Number(id) + FILE_ID_STEP * swaps()}` : id, state]),
      ),
    /** The restore of a dump deletes the licence of the server. */
    hasLicence: (): boolean => scenario.edition === 'standalone' && !hasRestored('server'),
    /** The restore of a dump deletes them, and since December 2025 also the restore of a portal. */
    hasTwoFactorSettings: (): boolean =>
      !hasRestored('server') && !(hasRestored('portal') && isAtLeast(scenario, '3.7')),
    userId: (): string => guid(0x66faa6e4, 1 + swaps()),
  };
}
