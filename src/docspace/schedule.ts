import type { components } from '../../generated/docspace.d.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { toOptionalDate } from './backup-record.ts';
import { type BackupTarget, TARGET_FIELDS, toWireTarget } from './backup-target.ts';
import { type BackupQuery, dumpParams, requireDump } from './dump-query.ts';
import { checkShape } from './envelope.ts';
import { readCall } from './read-call.ts';
import { ScheduleSchema } from './schemas.ts';
import { keepSecrets } from './storage-params.ts';
import { type BackupStorage, readStorageType } from './storage-types.ts';
import { request } from './traits.ts';
import { writeCall } from './write-call.ts';

/** In the order of the server, which counts them from 1. */
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const PERIODS = ['day', 'week', 'month'] as const;
const PERIOD_NAMES = ['everyday', 'everyweek', 'everymonth'];

export type Weekday = (typeof WEEKDAYS)[number];

/** When a scheduled backup is made. `hour` is 0 to 23 **in the time zone of the portal**. */
export type BackupTime =
  | { readonly every: 'day'; readonly hour: number }
  | { readonly every: 'week'; readonly weekday: Weekday; readonly hour: number }
  /** Months that do not have the day are left out. */
  | { readonly every: 'month'; readonly dayOfMonth: number; readonly hour: number };

/** A schedule to set. */
export type BackupScheduleInput = BackupTarget &
  BackupTime & {
    /** How many scheduled backups are kept, 1 to 30. The server deletes the older ones of them. */
    readonly backupsStored: number;
    /** true for the schedule of the whole server, on self-hosted servers only. @default false */
    readonly dump?: boolean | undefined;
  };

/** The schedule of automatic backups, as the portal shows it. */
export interface BackupSchedule {
  readonly storage?: BackupStorage;
  /** The vendor's number of the storage. */
  readonly storageType?: number;
  /** Parameters of the storage. `folderId` is the folder of documents and also of local backups. */
  readonly params: Readonly<Record<string, string>>;
  /** Absent if the vendor's number is not known. */
  readonly every?: BackupTime['every'];
  /** 0 to 23, in the time zone of the portal. */
  readonly hour?: number;
  readonly weekday?: Weekday;
  readonly dayOfMonth?: number;
  readonly backupsStored?: number;
  /** When it last ran; absent if it never did. If this gets old, scheduled backups fail (DS-32). */
  readonly lastBackupAt?: Date;
  readonly dump?: boolean;
}

/** The schedule of automatic backups. The portal has one, and a self-hosted server has one more with `dump`. */
export class Schedule {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The schedule; undefined if there is none. The server deletes it, and sends only a mail, when the plan does not allow
   * another backup (DS-32).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-backup-schedule
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async get(query: BackupQuery = {}, options: CallOptions = {}): Promise<BackupSchedule | undefined> {
    const params = dumpParams(requireDump(query));
    const read = request('get', '/api/2.0/backup/getbackupschedule', { params });
    const content = await readCall(this.#system, read, options);
    return content === undefined ? undefined : toSchedule(content);
  }

  /**
   * Sets the schedule, which replaces the one that exists, and returns it as the portal shows it afterwards.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/create-the-backup-schedule
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {NotFoundError} there is no such folder
   * @throws {ApiError} with status 402: the pricing plan has no automatic backups
   * @throws {WriteOutcomeUnknownError} the answer was lost, or is a 5xx
   * @throws {UnexpectedResponseError} the portal accepted the schedule, but does not show it
   * @example
   * await docspace.backups.schedule.set({ storage: 'data-store', every: 'week', weekday: 'sunday', hour: 2, backupsStored: 4 });
   */
  async set(input: BackupScheduleInput, options: CallOptions = {}): Promise<BackupSchedule> {
    const { body, dump } = toWireSchedule(input);
    keepSecrets(this.#system.transport.redactor, body.storageParams);
    await writeCall(this.#system, request('post', '/api/2.0/backup/createbackupschedule', { body }), options);
    const shown = await this.get({ dump }, options);
    if (shown && isSame(shown, input)) return shown;
    const what = shown ? 'another schedule' : 'no schedule';
    throw new UnexpectedResponseError(`The portal accepted the schedule, but shows ${what} afterwards.`, {
      status: 200,
    });
  }

  /**
   * Deletes the schedule. It is no error if there is none. Backups are not deleted.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/delete-the-backup-schedule
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {WriteOutcomeUnknownError} the answer was lost, or is a 5xx
   */
  async delete(query: BackupQuery = {}, options: CallOptions = {}): Promise<void> {
    const params = dumpParams(requireDump(query));
    await writeCall(this.#system, request('delete', '/api/2.0/backup/deletebackupschedule', { params }), options);
  }
}

const FIELDS = [...TARGET_FIELDS, 'every', 'hour', 'weekday', 'dayOfMonth', 'backupsStored', 'dump'];
/** The field for the day that each period has. */
const DAY_FIELD = { day: undefined, week: 'weekday', month: 'dayOfMonth' } as const;

interface WireSchedule {
  readonly body: components['schemas']['BackupScheduleRequest'];
  readonly dump: boolean;
}

function toWireSchedule(input: BackupScheduleInput): WireSchedule {
  if (typeof input !== 'object' || input === null) throw new ConfigurationError('input', 'must be an object.');
  refuseUnknown(input, FIELDS);
  const target = toWireTarget(input);
  const { every, hour, backupsStored, dump = false } = input;
  const period = PERIODS.indexOf(every);
  if (period < 0) throw new ConfigurationError('every', `must be one of ${PERIODS.join(', ')}.`);
  for (const field of ['weekday', 'dayOfMonth'] as const) {
    if (field !== DAY_FIELD[every] && Reflect.get(input, field) !== undefined) {
      throw new ConfigurationError(field, `does not belong to every '${every}'.`);
    }
  }
  const cronParams = { period: period as 0 | 1 | 2, hour: whole('hour', hour, 0, 23), ...dayOf(input) };
  requireBoolean('dump', dump);
  const body = { ...target, backupsStored: whole('backupsStored', backupsStored, 1, 30), cronParams };
  return { body: dump ? { ...body, dump } : body, dump };
}

function dayOf(input: BackupTime): { readonly day?: number } {
  if (input.every === 'day') return {};
  if (input.every === 'month') return { day: whole('dayOfMonth', input.dayOfMonth, 1, 31) };
  const day = WEEKDAYS.indexOf(input.weekday) + 1;
  if (day === 0) throw new ConfigurationError('weekday', `must be one of ${WEEKDAYS.join(', ')}.`);
  return { day };
}

function whole(field: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new ConfigurationError(field, `must be a whole number from ${least} to ${most}.`);
}

function toSchedule(content: unknown): BackupSchedule {
  const { storageType, storageParams, cronParams, backupsStored, lastBackupTime, dump } = checkShape(
    'The schedule',
    ScheduleSchema,
    content,
  );
  const { type, name } = readStorageType(storageType);
  const every = periodOf(cronParams.period);
  const day = toStatusCode(cronParams.day);
  return {
    params: textsOf(storageParams),
    ...omitUndefined({
      storage: name,
      storageType: type,
      every,
      hour: toStatusCode(cronParams.hour),
      weekday: every === 'week' && day !== undefined ? WEEKDAYS[day - 1] : undefined,
      dayOfMonth: every === 'month' ? day : undefined,
      backupsStored: toStatusCode(backupsStored),
      lastBackupAt: toOptionalDate(lastBackupTime),
      dump: dump ?? undefined,
    }),
  };
}

function periodOf(value: unknown): BackupTime['every'] | undefined {
  const byName = typeof value === 'string' ? PERIOD_NAMES.indexOf(value.toLowerCase()) : -1;
  return PERIODS[byName >= 0 ? byName : (toStatusCode(value) ?? -1)];
}

/** The answer has an object, in contrast to the request, with null for what is not there. */
function textsOf(params: unknown): Record<string, string> {
  const texts = Object.entries(Object(params)).filter(([, value]) => typeof value === 'string' && value !== '');
  return Object.fromEntries(texts) as Record<string, string>;
}

function isSame(shown: BackupSchedule, input: BackupScheduleInput): boolean {
  const { storage, every, hour, backupsStored } = input;
  const isDay =
    every === 'day' || (every === 'week' ? shown.weekday === input.weekday : shown.dayOfMonth === input.dayOfMonth);
  return (
    isDay &&
    shown.storage === storage &&
    shown.every === every &&
    shown.hour === hour &&
    shown.backupsStored === backupsStored
  );
}
