import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import { createIds } from './ids.ts';
import type { CloudFoundryBackup, CloudFoundryInstance } from './instances.ts';
import { Misrouting } from './misrouting.ts';
import type { CloudFoundryScenario } from './scenario.ts';

export interface Job {
  readonly guid: string;
  readonly kind: 'restore' | 'backup';
  readonly instance: CloudFoundryInstance;
  /** By the emulator's clock. The clock of the emulated server may differ. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** The data that a restore puts into the instance, in words. */
  readonly contents: string;
  readonly backups: readonly CloudFoundryBackup[];
  polls: number;
}

export type JobState = 'PROCESSING' | 'POLLING' | 'COMPLETE' | 'FAILED';

/** The state of the work of the broker, independent of the job. */
export type Work = 'running' | 'succeeded' | 'failed';

const WEEK_MS = 7 * 86_400_000;
const TRUTHS = { complete: 'succeeded', failed: 'failed', never: 'never' } as const;

/** The emulated foundation: instances, and the jobs that work on them. */
export class Foundation {
  readonly restores: EmulatedRestore[] = [];
  readonly jobs = new Map<string, Job>();
  readonly newId = createIds(1);
  readonly misrouting: Misrouting;

  constructor(
    readonly clock: Clock,
    readonly scenario: CloudFoundryScenario,
    readonly instances: readonly CloudFoundryInstance[],
  ) {
    this.misrouting = new Misrouting(scenario.faults?.misrouting ?? []);
  }

  find(guid: string | undefined): CloudFoundryInstance | undefined {
    return this.instances.find((instance) => instance.guid === guid);
  }

  /** Milliseconds since the first restore began; 0 before it. */
  get elapsedMs(): number {
    const now = this.clock.now();
    return now - (this.restores[0]?.startedAt ?? now);
  }

  /** Writes a time of the emulator's clock as the server does: by the server's clock, without fractions of a second. */
  timestamp(ms: number): string {
    return isoTime(ms + (this.scenario.clockSkewMs ?? 0));
  }

  startRestore(instance: CloudFoundryInstance, contents: string): Job {
    const { durationMs = 60_000, ending = 'complete', job: shape } = this.scenario;
    const guid = shape?.guid === 'korifi' ? `managed_service_instance.restore~${instance.guid}` : this.newId();
    const job = this.#start({ guid, kind: 'restore', instance, durationMs, contents, backups: [] });
    this.restores.push({ id: guid, startedAt: job.startedAt, truth: TRUTHS[ending] });
    return job;
  }

  startBackup(instance: CloudFoundryInstance): Job {
    const { backupDurationMs: durationMs = 30_000, faults } = this.scenario;
    const now = this.clock.now();
    const backups = [this.#newBackup(instance, now)];
    if (faults?.concurrentBackup) backups.push(this.#newBackup(instance, now - 1000));
    if (faults?.oldBackupAppears) backups.push(this.#newBackup(instance, now - WEEK_MS));
    return this.#start({ guid: this.newId(), kind: 'backup', instance, durationMs, contents: '', backups });
  }

  /** The state of a job in the API. */
  stateOf(job: Job): JobState {
    const elapsed = this.clock.now() - job.startedAt;
    const { staysProcessing = false, processingMs = job.durationMs / 20 } = this.scenario.job ?? {};
    if (staysProcessing && job.kind === 'restore') return 'PROCESSING';
    const ending = this.#endingOf(job);
    if (ending !== 'never' && elapsed >= job.durationMs) return ending === 'complete' ? 'COMPLETE' : 'FAILED';
    return elapsed < processingMs ? 'PROCESSING' : 'POLLING';
  }

  isOver(job: Job): boolean {
    const state = this.stateOf(job);
    return state === 'COMPLETE' || state === 'FAILED';
  }

  /** The state of the work of a job, which goes on after the job has failed by a timeout (CF-26). */
  workOf(job: Job): Work {
    const endsAt = this.workEndsAt(job);
    if (this.clock.now() < endsAt) return 'running';
    return this.#endingOf(job) === 'failed' && !this.scenario.staysInProgress ? 'failed' : 'succeeded';
  }

  workEndsAt(job: Job): number {
    const ending = this.#endingOf(job);
    if (ending === 'never') return Number.POSITIVE_INFINITY;
    const endsAt = job.startedAt + job.durationMs;
    const { staysInProgress = false } = this.scenario;
    if (ending !== 'failed' || staysInProgress === false) return endsAt;
    return staysInProgress === true ? Number.POSITIVE_INFINITY : endsAt + staysInProgress.forMs;
  }

  isBusy(instance: CloudFoundryInstance): boolean {
    return this.jobsOf(instance).some((job) => this.workOf(job) === 'running');
  }

  jobsOf(instance: CloudFoundryInstance): Job[] {
    return [...this.jobs.values()].filter((job) => job.instance === instance);
  }

  /** Newest first; the order is not documented. */
  backupsOf(instance: CloudFoundryInstance): CloudFoundryBackup[] {
    const made = this.jobsOf(instance)
      .filter((job) => this.workOf(job) === 'succeeded')
      .flatMap(({ backups }) => backups);
    return [...(instance.backups ?? []), ...made].sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));
  }

  /** What is in the instance now, in words. */
  contentsOf(instance: CloudFoundryInstance): string {
    const last = this.jobsOf(instance).findLast((job) => job.kind === 'restore');
    if (!last) return 'live data';
    const work = this.workOf(last);
    if (work === 'running') return 'being restored';
    // What a failed restore leaves behind is not documented.
    return work === 'succeeded' ? last.contents : 'damaged';
  }

  #endingOf(job: Job): 'complete' | 'failed' | 'never' {
    return job.kind === 'restore' ? (this.scenario.ending ?? 'complete') : 'complete';
  }

  /** The form of the id is not documented; it is what the command line's plugin for backups shows. */
  #newBackup(instance: CloudFoundryInstance, at: number): CloudFoundryBackup {
    const createdAt = this.timestamp(at);
    return { id: `${instance.guid}_${Date.parse(createdAt) / 1000}`, createdAt };
  }

  #start(fields: Omit<Job, 'startedAt' | 'polls'>): Job {
    const job = { ...fields, startedAt: this.clock.now(), polls: 0 };
    this.jobs.delete(job.guid);
    this.jobs.set(job.guid, job);
    return job;
  }
}

/** The API writes times without fractions of a second. */
function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
