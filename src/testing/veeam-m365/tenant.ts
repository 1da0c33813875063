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

/** A mailbox, a OneDrive, a site or a team. */
export interface LiveMailbox {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly url?: string;
  readonly position: number;
  /** The type of the sessions that show it. */
  readonly workload: BackupView['type'];
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
  readonly oneDrives: readonly LiveMailbox[];
  readonly sites: readonly LiveMailbox[];
  readonly teams: readonly LiveMailbox[];
  readonly #itemCount: number;
  readonly #thingItemCount: number;

  constructor(clock: Clock, scenario: VeeamM365Scenario) {
    this.#itemCount = scenario.itemsPerMailbox ?? 52;
    this.#thingItemCount = scenario.itemsPerThing ?? 12;
    this.restorePoints = scenario.neverBackedUp ? [] : restorePointsBefore(clock.now());
    this.mailboxes = Array.from({ length: scenario.mailboxCount ?? 3 }, (_, position) => ({
      id: `7c1f3a52-94a4-4c0e-8f0e-${String(position + 1).padStart(12, '0')}`,
      name: `User ${position + 1}`,
      email: `user${position + 1}@${organizationName}`,
      position,
      workload: 'Vex',
      items: this.#afterTheAccident('Vex', position),
    }));
    const things = (workload: ThingType, describe: (position: number) => Pick<LiveMailbox, 'id' | 'name' | 'url'>) =>
      Array.from({ length: 2 }, (_, position) => ({
        ...describe(position),
        email: '',
        position,
        workload,
        items: this.#afterTheAccident(workload, position),
      }));
    this.oneDrives = things('Veod', (position) => ({
      id: `8507931c-4561-4ddf-bc90-${String(position + 1).padStart(12, '0')}`,
      name: `User ${position + 1}`,
      url: `https://abc-my.sharepoint.com/personal/user${position + 1}_abc_onmicrosoft_com`,
    }));
    this.sites = things('Vesp', (position) => ({
      id: `abc.sharepoint.com,site-${position + 1}`,
      name: ['Marketing', 'Sales'][position] ?? '',
      url: `https://abc.sharepoint.com/sites/${['marketing', 'sales'][position]}`,
    }));
    this.teams = things('Vet', (position) => ({
      id: `1f6c2b9a-0d4e-4b57-8a3c-${String(position + 1).padStart(12, '0')}`,
      name: ['Project', 'Support'][position] ?? '',
    }));
  }

  /** All that sessions of a type show. */
  thingsOf(type: BackupView['type']): readonly LiveMailbox[] {
    return { Vex: this.mailboxes, Veod: this.oneDrives, Vesp: this.sites, Vet: this.teams }[type];
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
    return session.type === mailbox.workload ? this.pointAt(session.at, session.job?.id, mailbox) : undefined;
  }

  /** What a backup holds of a mailbox. */
  backedUp(
    point: RestorePoint,
    { workload, position }: Pick<LiveMailbox, 'workload' | 'position'>,
  ): Map<string, string> {
    return this.#contents(point.generation, workload, position);
  }

  #contents(generation: number, workload: BackupView['type'], position: number): Map<string, string> {
    const count = Math.ceil((this.#countOf(workload) * (generation + 1)) / generations);
    return new Map(
      Array.from({ length: count }, (_, index) => [
        itemId(workload, position, index + 1),
        index % 5 === 0 ? `revision ${generation}` : 'original',
      ]),
    );
  }

  #countOf(workload: BackupView['type']): number {
    return workload === 'Vex' ? this.#itemCount : this.#thingItemCount;
  }

  #afterTheAccident(workload: BackupView['type'], position: number): Map<string, string> {
    const count = this.#countOf(workload);
    const lost = Math.floor((count * 40) / 52);
    const spoilt = lost + Math.max(workload === 'Vex' ? 0 : 1, Math.floor((count * 5) / 52));
    const healthy = [...this.#contents(generations - 1, workload, position)];
    return new Map(healthy.slice(lost).map(([id, content], index) => [id, lost + index < spoilt ? 'spoilt' : content]));
  }
}

type ThingType = Exclude<BackupView['type'], 'Vex'>;

const uuid = (prefix: string, position: number, number: number) =>
  `${prefix}${position + 1}-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The id of the n-th item: a document; a document or an item of a list; a tab, a file or a post. */
function itemId(workload: BackupView['type'], position: number, number: number): string {
  switch (workload) {
    case 'Vex':
      return `item-${number}`;
    case 'Veod':
      return uuid('d0c0000', position, number);
    case 'Vesp':
      return number % 2 === 1 ? `document-${number}` : `list-item-${number}`;
    case 'Vet':
      if (number % 3 === 0) return String(1_600_000_000_000 + number);
      return number % 3 === 1 ? uuid('7ab0000', position, number) : uuid('f11e000', position, number);
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
