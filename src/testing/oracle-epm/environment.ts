import type { Clock } from '../../clock/clock.ts';
import type { EmulatedRestore } from '../emulator.ts';
import type { OracleEpmBackup } from './backups.ts';
import type { OracleEpmEnding, OracleEpmScenario, OracleEpmSteps } from './scenario.ts';
import { hasFailedStep, isDone, type RestoreFlags } from './steps.ts';

/** The real state of the environment, independent of the API. */
export interface OracleEpmEnvironmentState {
  /**
   * 'damaged' after a restore that failed half way; the state after that is not documented. 'imported' after the import
   * of a snapshot, 'deleted' after a clean start.
   */
  readonly application: 'live' | 'restoring' | 'restored' | 'damaged' | 'imported' | 'deleted';
  /** Name or contents of the backup whose data it holds; 'live data' before the first restore. */
  readonly contents: string;
  /** As the daily maintenance calls tell it, `HH:00` (OE-13). */
  readonly maintenanceStartTime: string;
  /** Stored snapshots and files; copies of backups arrive here (OE-17). Without the snapshot of the maintenance. */
  readonly files: readonly string[];
  /** The environments that were overwritten by a clone of this one. */
  readonly clonedTo: readonly string[];
  /** How often the daily maintenance was run. */
  readonly maintenanceRuns: number;
  /** Whether the next scheduled maintenance is left out. */
  readonly skipsNextMaintenance: boolean;
}

export interface RestoreJob {
  readonly id: string;
  readonly startedAt: number;
  readonly backup: OracleEpmBackup;
  readonly flags: RestoreFlags;
  readonly ending: OracleEpmEnding | 'never';
  readonly durationMs: number;
  readonly endAfterPolls: number | undefined;
  polls: number;
  endedAt: number | undefined;
}

export interface CopyJob {
  readonly id: string;
  readonly endsAt: number;
  readonly file: string;
}

/** A job other than the restore of a backup. */
export interface EpmJob {
  readonly id: string;
  readonly endsAt: number;
  readonly ending: OracleEpmEnding | 'never';
}

type Apply = (before: OracleEpmEnvironmentState) => OracleEpmEnvironmentState;

interface Change {
  readonly at: number;
  readonly apply: Apply;
}

const UNTOUCHED: OracleEpmEnvironmentState = {
  application: 'live',
  contents: 'live data',
  maintenanceStartTime: '19:00',
  files: ['inbox/today.csv'],
  clonedTo: [],
  maintenanceRuns: 0,
  skipsNextMaintenance: false,
};
/** The snapshot that the daily maintenance makes. */
const MAINTENANCE_SNAPSHOT = 'Artifact Snapshot';
const COPY_MS = 10_000;
const JOB_MS = 30_000;
const JOB_ID_STEP = 1000n;

/** The emulated environment: jobs, and what they have changed so far. */
export class OracleEpmEnvironment {
  readonly restores: EmulatedRestore[] = [];
  readonly restoreJobs = new Map<string, RestoreJob>();
  readonly copyJobs = new Map<string, CopyJob>();
  readonly jobs = new Map<string, EpmJob>();
  readonly #changes: Change[] = [];
  readonly #contents = new Map<string, Uint8Array<ArrayBuffer>>();
  #hasMaintenanceSnapshot = true;
  #nextId: bigint;

  constructor(
    private readonly clock: Clock,
    private readonly scenario: OracleEpmScenario,
    readonly backups: readonly OracleEpmBackup[],
  ) {
    this.#nextId = BigInt(scenario.firstJobId ?? '1776935926050');
  }

  startRestore(
    backup: OracleEpmBackup,
    flags: RestoreFlags,
    own: { readonly ending?: OracleEpmEnding; readonly endAfterPolls?: number; readonly durationMs?: number } = {},
  ): RestoreJob {
    const { durationMs = 60_000, endAfterPolls } = this.scenario;
    const job: RestoreJob = {
      id: this.#takeId(),
      startedAt: this.clock.now(),
      backup,
      flags,
      ending: own.ending ?? this.scenario.ending ?? { status: 0 },
      durationMs: own.durationMs ?? durationMs,
      endAfterPolls: own.durationMs === undefined ? (own.endAfterPolls ?? endAfterPolls) : undefined,
      polls: 0,
      endedAt: undefined,
    };
    this.restoreJobs.set(job.id, job);
    this.restores.push({ id: job.id, startedAt: job.startedAt, truth: truthOf(job.ending, this.scenario.steps) });
    return job;
  }

  startCopy(file: string): CopyJob {
    const durationMs = this.scenario.job?.durationMs ?? COPY_MS;
    const job = { id: this.#takeId(), endsAt: this.clock.now() + durationMs, file };
    this.copyJobs.set(job.id, job);
    return job;
  }

  /** Starts a job that changes the environment at its end, if it succeeds. */
  startJob(apply: Apply = (before) => before, own: { readonly isRestore?: boolean } = {}): EpmJob {
    const { durationMs = JOB_MS, ending = { status: 0, details: null } } = this.scenario.job ?? {};
    const startedAt = this.clock.now();
    const job = { id: this.#takeId(), endsAt: startedAt + durationMs, ending };
    this.jobs.set(job.id, job);
    if (ending !== 'never' && ending.status === 0) this.#changes.push({ at: job.endsAt, apply });
    if (own.isRestore) this.restores.push({ id: job.id, startedAt, truth: truthOf(ending, undefined) });
    return job;
  }

  /** Changes the environment now. */
  change(apply: Apply): void {
    this.#changes.push({ at: this.clock.now(), apply });
  }

  /** Names of all snapshots and files. */
  get names(): readonly string[] {
    return [...(this.#hasMaintenanceSnapshot ? [MAINTENANCE_SNAPSHOT] : []), ...this.state.files];
  }

  /** The name as it is listed: a snapshot may be named with and without its extension. */
  nameOf(name: string): string | undefined {
    return this.names.find((each) => each === name || each === name.replace(/\.zip$/i, ''));
  }

  /** What is in a file that nobody has uploaded is made of its name. */
  contentOf(name: string): Uint8Array<ArrayBuffer> {
    return this.#contents.get(name) ?? new TextEncoder().encode(`PK ${name}\n`.repeat(64));
  }

  put(name: string, content: Uint8Array<ArrayBuffer>): void {
    this.#contents.set(name, content);
  }

  remove(name: string): void {
    this.#contents.delete(name);
    if (name === MAINTENANCE_SNAPSHOT) this.#hasMaintenanceSnapshot = false;
    else this.change((before) => ({ ...before, files: before.files.filter((each) => each !== name) }));
  }

  countPoll(job: RestoreJob): void {
    job.polls += 1;
    if (job.ending === 'never' || job.endAfterPolls === undefined) return;
    if (job.polls > job.endAfterPolls) job.endedAt ??= this.clock.now();
  }

  /** The ending, once the job is over. */
  endingOf(job: RestoreJob): (OracleEpmEnding & { readonly at: number }) | undefined {
    if (job.ending === 'never') return undefined;
    const at = job.endAfterPolls === undefined ? job.startedAt + job.durationMs : job.endedAt;
    return at !== undefined && this.clock.now() >= at ? { ...job.ending, at } : undefined;
  }

  /** How much of the job is done, 0 to 1. */
  partOf(job: RestoreJob): number {
    if (job.endAfterPolls !== undefined) return Math.min(1, job.polls / (job.endAfterPolls + 1));
    return Math.min(1, (this.clock.now() - job.startedAt) / job.durationMs);
  }

  get isRestoring(): boolean {
    return [...this.restoreJobs.values()].some((job) => !this.endingOf(job));
  }

  get state(): OracleEpmEnvironmentState {
    const restores = [...this.restoreJobs.values()].map((job): Change => {
      return {
        at: this.endingOf(job)?.at ?? Number.POSITIVE_INFINITY,
        apply: (before) => restored(before, job, this.scenario.steps),
      };
    });
    const copies = [...this.copyJobs.values()].map(({ endsAt, file }): Change => {
      return { at: endsAt, apply: (before) => ({ ...before, files: [...before.files, file] }) };
    });
    const state = [...restores, ...copies, ...this.#changes]
      .filter(({ at }) => at <= this.clock.now())
      .sort((a, b) => a.at - b.at)
      .reduce((before, { apply }) => apply(before), UNTOUCHED);
    return this.isRestoring ? { ...state, application: 'restoring' } : state;
  }

  #takeId(): string {
    const id = this.#nextId;
    this.#nextId += JOB_ID_STEP;
    return id.toString();
  }
}

function restored(
  before: OracleEpmEnvironmentState,
  { ending, backup, flags }: RestoreJob,
  steps: OracleEpmSteps | undefined,
): OracleEpmEnvironmentState {
  if (ending === 'never' || ending.status !== 0 || !isDone(1, steps)) return { ...before, application: 'damaged' };
  return {
    ...before,
    application: 'restored',
    contents: backup.contents ?? backup.name,
    maintenanceStartTime:
      flags.dailyMaintenanceStartTime && isDone(4, steps)
        ? (backup.maintenanceStartTime ?? '08:00')
        : before.maintenanceStartTime,
    files: flags.storedSnapshotsAndFiles && isDone(3, steps) ? (backup.files ?? []) : before.files,
  };
}

function truthOf(ending: OracleEpmEnding | 'never', steps: OracleEpmSteps | undefined): EmulatedRestore['truth'] {
  if (ending === 'never') return 'never';
  if (ending.status !== 0) return 'failed';
  return hasFailedStep(steps) ? 'partial' : 'succeeded';
}
