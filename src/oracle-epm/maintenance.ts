import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, requireBoolean } from '../errors/require.ts';
import type { Operation } from '../operation/operation.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { withAdvice } from './explain-error.ts';
import { maintenanceKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { refused, requireDone } from './refusal.ts';
import { MaintenanceSchema } from './schemas.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';

/** When the daily maintenance begins. */
export interface MaintenanceWindow {
  /** A full hour in `timeZone`, such as `19:00`; absent if the vendor does not tell it. */
  readonly startTime?: string;
  /** Such as `Etc/UTC`. */
  readonly timeZone?: string;
  /** The update of the environment, such as `26.04.40`. */
  readonly buildVersion?: string;
}

export interface SetMaintenanceInput {
  /** A full hour, such as `08:00`. */
  readonly startTime: string;
  /** A zone of the IANA database, such as `America/Los_Angeles`. @default UTC */
  readonly timeZone?: string | undefined;
}

export interface RunMaintenanceInput {
  /** Leaves out the next scheduled maintenance. @default false */
  readonly skipNext?: boolean | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

const SET_FIELDS: Readonly<Record<keyof SetMaintenanceInput, true>> = { startTime: true, timeZone: true };
const RUN_FIELDS: Readonly<Record<keyof RunMaintenanceInput, true>> = { skipNext: true, note: true };
const FULL_HOUR = /^(?:[01]\d|2[0-3]):00$/;

/** The daily maintenance of the environment, which makes its backups. */
export class Maintenance {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * When the daily maintenance begins, and the version of the environment. A restore may move it (OE-13).
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_get_build_version_and_maintenance_time_v2.html
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text
   */
  async get(options: CallOptions = {}): Promise<MaintenanceWindow> {
    const system = this.#system;
    const path = '/interop/rest/v2/maintenance/getdailymaintenancestarttime';
    const read = system.read(
      request('get', path, { params: { query: { showTimeZone: true } } }),
      MaintenanceSchema,
      options,
    );
    const { status, details, items } = await withAdvice('read the maintenance window', read);
    if (toStatusCode(status) !== 0) throw refused(system, 'The maintenance window', { status, details });
    const { amwTime, timeZone, buildVersion } = items?.[0] ?? {};
    return omitUndefined({
      startTime: amwTime ? toFullHour(amwTime) : undefined,
      timeZone: timeZone ?? undefined,
      buildVersion: buildVersion ?? undefined,
    });
  }

  /**
   * Sets when the daily maintenance begins, for example back to what it was before a restore. The vendor says that
   * nothing happens if the maintenance has not run in the last 36 hours, and not what is answered then: read it again
   * with `get`.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_update_maintenance_time_v2.html
   * @throws {ConfigurationError} no full hour; nothing was sent
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text
   * @throws {WriteOutcomeUnknownError} the answer was lost
   */
  async set(input: SetMaintenanceInput, options: CallOptions = {}): Promise<void> {
    const { startTime, timeZone } = input ?? {};
    if (typeof startTime !== 'string' || !FULL_HOUR.test(startTime)) {
      throw new ConfigurationError('startTime', "must be a full hour from '00:00' to '23:00'.");
    }
    const zone = optionalText('timeZone', timeZone);
    refuseUnknown(input, Object.keys(SET_FIELDS));
    const system = this.#system;
    const path = '/interop/rest/v2/maintenance/setdailymaintenancestarttime';
    const body = { startTime: zone === undefined ? startTime : `${startTime} ${zone}` };
    const write = system.write(request('put', path, { body }), options);
    requireDone(system, 'The maintenance window', await withAdvice('set the maintenance window', write));
  }

  /**
   * Runs the daily maintenance now. Users are logged off, the environment may be unreachable for up to an hour, and a
   * backup snapshot is made. That an environment backup is made too is not documented. The request is sent once.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_update_maintenance_time_skip_next1_v2.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async run(input: RunMaintenanceInput = {}, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    refuseUnknown(input, Object.keys(RUN_FIELDS));
    const { skipNext = false, note } = input;
    const body = { skipNext: requireBoolean('skipNext', skipNext) ? ('true' as const) : ('false' as const) };
    const path = '/interop/rest/v2/maintenance/rundailymaintenance';
    const call = { call: 'run the daily maintenance', facts: {}, note, request: request('post', path, { body }) };
    return startJob(this.#system, maintenanceKind, call, options);
  }
}

/** `19` in v1, `19:00` in v2. */
function toFullHour(time: string): string {
  return /^\d{1,2}$/.test(time) ? `${time.padStart(2, '0')}:00` : time;
}
