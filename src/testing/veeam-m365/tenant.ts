import type { Clock } from '../../clock/clock.ts';
import type { VeeamM365Scenario } from './scenario.ts';

const HOUR_MS = 3_600_000;

export const organizationId = '3c424478-0811-4920-8aab-01f0bf2a2822';
const entireOrganizationJobId = '8b2d1d2e-6a0b-4a39-9a51-0f3c5d7e9b10';
const selectedItemsJobId = '50f5eff0-9575-451d-8712-ed6439be9b34';
export const repositoryId = 'e7a1c0de-31f4-4b8f-8d0a-7b5a9c2f6e44';
export const organizationName = 'abc.onmicrosoft.com';
/** What a data retrieval job has fetched from an archive. */
export const dataRetrievalId = '1f0c8f7b-52fd-4a40-9b58-2f3d3a4f8f10';
/** The tenant at Microsoft, and a restore operator in it. */
export const tenantId = '9d2b9a51-71a8-4b4d-8f57-1f0d8e6d5c11';
export const operatorId = '7a619cf6-b7e1-4141-951b-960a2fca061d';

export interface EmulatedJob {
  readonly id: string;
  readonly name: string;
  readonly backupType: 'EntireOrganization' | 'SelectedItems';
  covers(mailbox: LiveMailbox): boolean;
}

export interface RestorePoint {
  readonly id: string;
  readonly at: number;
  readonly job: EmulatedJob;
  /** Grows with time: later points hold more items, and newer contents. */
  readonly generation: number;
}

/** What a session is a view of. */
export interface BackupView {
  readonly type: 'Vex' | 'Vesp' | 'Veod' | 'Vet';
  /** The moment that was asked for. */
  readonly at: number;
  /** undefined where it is of the entire organization. */
  readonly job: EmulatedJob | undefined;
}

export interface LiveMailbox {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly position: number;
  /** Content by item, as it is in production now. */
  readonly items: Map<string, string>;
}

const jobs: readonly [EmulatedJob, EmulatedJob] = [
  { id: entireOrganizationJobId, name: 'Backup1', backupType: 'EntireOrganization', covers: () => true },
  { id: selectedItemsJobId, name: 'Backup2', backupType: 'SelectedItems', covers: ({ position }) => position < 2 },
];

/** The organization: its mailboxes after an accident that lost and spoilt items, and the backups from before. */
export class Tenant {
  readonly jobs = jobs;
  readonly restorePoints: readonly RestorePoint[];
  readonly mailboxes: readonly LiveMailbox[];
  readonly #itemCount: number;

  constructor(clock: Clock, scenario: VeeamM365Scenario) {
    this.#itemCount = scenario.itemsPerMailbox ?? 52;
    this.restorePoints = scenario.neverBackedUp ? [] : restorePointsBefore(clock.now());
    this.mailboxes = Array.from({ length: scenario.mailboxCount ?? 3 }, (_, position) => ({
      id: `7c1f3a52-94a4-4c0e-8f0e-${String(position + 1).padStart(12, '0')}`,
      name: `User ${position + 1}`,
      email: `user${position + 1}@${organizationName}`,
      position,
      items: this.#afterTheAccident(),
    }));
  }

  /** The newest restore point not after `at`; undefined before the first backup. */
  pointAt(at: number, jobId?: string, mailbox?: LiveMailbox): RestorePoint | undefined {
    return this.restorePoints.findLast(
      (point) =>
        point.at <= at &&
        (jobId === undefined || point.job.id === jobId) &&
        (mailbox === undefined || point.job.covers(mailbox)),
    );
  }

  /** The restore point that a session shows of a mailbox, if any. */
  pointOf(session: BackupView, mailbox: LiveMailbox): RestorePoint | undefined {
    return session.type === 'Vex' ? this.pointAt(session.at, session.job?.id, mailbox) : undefined;
  }

  /** What a backup holds of a mailbox. */
  backedUp(point: RestorePoint): Map<string, string> {
    return this.#contents(point.generation);
  }

  #contents(generation: number): Map<string, string> {
    const count = Math.ceil((this.#itemCount * (generation + 1)) / generations);
    return new Map(
      Array.from({ length: count }, (_, index) => [
        `item-${index + 1}`,
        index % 5 === 0 ? `revision ${generation}` : 'original',
      ]),
    );
  }

  #afterTheAccident(): Map<string, string> {
    const lost = Math.floor((this.#itemCount * 40) / 52);
    const spoilt = lost + Math.floor((this.#itemCount * 5) / 52);
    const healthy = [...this.#contents(generations - 1)];
    return new Map(healthy.slice(lost).map(([id, content], index) => [id, lost + index < spoilt ? 'spoilt' : content]));
  }
}

const generations = 3;

function restorePointsBefore(now: number): RestorePoint[] {
  const [everything, selection] = jobs;
  const points = [
    { hoursAgo: 30 * 24, job: everything, generation: 0 },
    { hoursAgo: 7 * 24, job: everything, generation: 1 },
    { hoursAgo: 6 * 24, job: selection, generation: 1 },
    { hoursAgo: 24, job: everything, generation: 2 },
    { hoursAgo: 12, job: selection, generation: 2 },
  ];
  return points.map(({ hoursAgo, ...point }, index) => ({
    ...point,
    id: `b54c1d70-2c9e-4f1a-9f6b-${String(index + 1).padStart(12, '0')}`,
    at: now - hoursAgo * HOUR_MS,
  }));
}
