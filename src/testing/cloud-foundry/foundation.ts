import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import { createIds } from './ids.ts';
import type { CloudFoundryBackup, CloudFoundryInstance } from './instances.ts';
import type { CloudFoundryScenario } from './scenario.ts';

export interface Job {
  readonly guid: string;
  readonly kind: 'restore' | 'backup';
  readonly instance: CloudFoundryInstance;
  readonly startedAt: number;
  readonly durationMs: number;
  /** What a restore puts into the instance, in words; the ids of the backups that a backup makes. */
  readonly contents: string;
  readonly backupIds: readonly string[];
  polls: number;
}

export type JobState = 'PROCESSING' | 'POLLING' | 'COMPLETE' | 'FAILED';

const TRUTHS = { complete: 'succeeded', failed: 'failed', never: 'never' } as const;

/** The emulated foundation: instances, and the jobs that work on them. */
export class Foundation {
  readonly restores: EmulatedRestore[] = [];
  readonly jobs = new Map<string, Job>();
  readonly newId = createIds(1);

  constructor(
    readonly clock: Clock,
    readonly scenario: CloudFoundryScenario,
    readonly instances: readonly CloudFoundryInstance[],
  ) {}

  find(guid: string | undefined): CloudFoundryInstance | undefined {
    return this.instances.find((instance) => instance.guid === guid);
  }

  startRestore(instance: CloudFoundryInstance, contents: string): Job {
    const { durationMs = 60_000, ending = 'complete', job: shape } = this.scenario;
    const guid = shape?.guid === 'korifi' ? `managed_service_instance.restore~${instance.guid}` : this.newId();
    const job = this.#start({ guid, kind: 'restore', instance, durationMs, contents, backupIds: [] });
    this.restores.push({ id: guid, startedAt: job.startedAt, truth: TRUTHS[ending] });
    return job;
  }

  startBackup(instance: CloudFoundryInstance): Job {
    const { backupDurationMs: durationMs = 30_000, faults } = this.scenario;
    const backupIds = faults?.concurrentBackup ? [this.newId(), this.newId()] : [this.newId()];
    return this.#start({ guid: this.newId(), kind: 'backup', instance, durationMs, contents: '', backupIds });
  }

  stateOf(job: Job): JobState {
    const elapsed = this.clock.now() - job.startedAt;
    const ending = job.kind === 'restore' ? (this.scenario.ending ?? 'complete') : 'complete';
    if (ending !== 'never' && elapsed >= job.durationMs) return ending === 'complete' ? 'COMPLETE' : 'FAILED';
    return elapsed < (this.scenario.job?.processingMs ?? job.durationMs / 20) ? 'PROCESSING' : 'POLLING';
  }

  isOver(job: Job): boolean {
    const state = this.stateOf(job);
    return state === 'COMPLETE' || state === 'FAILED';
  }

  isBusy(instance: CloudFoundryInstance): boolean {
    return this.jobsOf(instance).some((job) => {
      return !this.isOver(job) || (this.scenario.staysInProgress === true && this.stateOf(job) === 'FAILED');
    });
  }

  jobsOf(instance: CloudFoundryInstance): Job[] {
    return [...this.jobs.values()].filter((job) => job.instance === instance);
  }

  /** Newest first; the order is not documented. */
  backupsOf(instance: CloudFoundryInstance): CloudFoundryBackup[] {
    const made = this.jobsOf(instance)
      .filter((job) => this.stateOf(job) === 'COMPLETE')
      .flatMap(({ backupIds, startedAt }) => backupIds.map((id) => ({ id, createdAt: isoTime(startedAt) })));
    return [...(instance.backups ?? []), ...made].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  /** What is in the instance now, in words. */
  contentsOf(instance: CloudFoundryInstance): string {
    const last = this.jobsOf(instance).findLast((job) => job.kind === 'restore');
    if (!last) return 'live data';
    if (!this.isOver(last)) return 'being restored';
    // What a failed restore leaves behind is not documented.
    return this.stateOf(last) === 'COMPLETE' ? last.contents : 'damaged';
  }

  #start(fields: Omit<Job, 'startedAt' | 'polls'>): Job {
    const job = { ...fields, startedAt: this.clock.now(), polls: 0 };
    this.jobs.delete(job.guid);
    this.jobs.set(job.guid, job);
    return job;
  }
}

/** The API writes times without fractions of a second. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
