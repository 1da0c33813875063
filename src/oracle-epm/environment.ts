import type { Secret } from '../auth/auth.ts';
import type { CallOptions } from '../client/client-options.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { optionalText, requireBoolean, requireFields, requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { kindOfBackup } from './backup-name.ts';
import { cloneKind, restoreKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { toFlags, toWireFlags } from './restore-flags.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';
import { base64Secret, environmentUrl } from './wire-secret.ts';

export interface RestoreEnvironmentInput {
  /** The name of an `environment-backup` from `backups.list()`. It is sent unchanged (OE-18). */
  readonly backupName: string;
  /**
   * Also restores users and their role assignments. This needs the role Identity Domain Administrator and may remove
   * your own access. Groups and granular roles are always restored (OE-21). @default false
   */
  readonly usersAndPreDefinedRoles?: boolean | undefined;
  /**
   * Sets the daily maintenance start time to that of the backup. Pass false to keep the schedule (OE-13). @default true
   */
  readonly dailyMaintenanceStartTime?: boolean | undefined;
  /** Replaces inbox, outbox and stored snapshots with those of the backup. @default false */
  readonly storedSnapshotsAndFiles?: boolean | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
  /** Also sends a `backupName` that does not have the form of an environment backup. @default false */
  readonly force?: boolean | undefined;
}

const FIELDS: Readonly<Record<keyof RestoreEnvironmentInput, true>> = {
  backupName: true,
  usersAndPreDefinedRoles: true,
  dailyMaintenanceStartTime: true,
  storedSnapshotsAndFiles: true,
  note: true,
  force: true,
};

/** Parts of a clone. The vendor's default of each is true, unless it says otherwise here. */
export interface CloneParts {
  /** Users and their role assignments. This needs the role Identity Domain Administrator in the target. @default false */
  readonly usersAndPreDefinedRoles?: boolean | undefined;
  /** The contents of inbox, outbox and stored snapshots. @default false */
  readonly storedSnapshotsAndFiles?: boolean | undefined;
  /** Sets the daily maintenance start time of the target to that of the source. Pass false to keep it. @default true */
  readonly dailyMaintenanceStartTime?: boolean | undefined;
  /** The audit data of the application. @default what the vendor does: true */
  readonly applicationAudit?: boolean | undefined;
  /** The settings of an Account Reconciliation application. @default what the vendor does: true */
  readonly appProperties?: boolean | undefined;
  /** The records of Data Management. @default what the vendor does: true */
  readonly dataManagement?: boolean | undefined;
  /** The job console. @default what the vendor does: true */
  readonly jobConsole?: boolean | undefined;
}

export interface CloneEnvironmentInput extends CloneParts {
  /** The address of the environment that is **overwritten**, as you use it in a browser. */
  readonly targetUrl: string;
  /** A Service Administrator of the target. */
  readonly targetUsername: string;
  /** The password of that user. It is sent to this environment in Base64. Users with multi-factor login do not work. */
  readonly targetPassword: Secret;
  /** An `environment-backup` from `backups.list()`. Instead of `snapshotName`. @default the current snapshot */
  readonly backupName?: string | undefined;
  /** A snapshot from `snapshots.list()`. Instead of `backupName`. @default the current snapshot */
  readonly snapshotName?: string | undefined;
  /**
   * Further fields for the `parameters` of the request, in the vendor's spelling. They take precedence. Most names of
   * this call cannot be read in public documents, so your release may spell one in another way.
   */
  readonly extra?: Readonly<Record<string, string>> | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
  /** Also sends a `backupName` that does not have the form of an environment backup. @default false */
  readonly force?: boolean | undefined;
}

const CLONE_FIELDS: Readonly<Record<keyof CloneEnvironmentInput, true>> = {
  targetUrl: true,
  targetUsername: true,
  targetPassword: true,
  backupName: true,
  snapshotName: true,
  usersAndPreDefinedRoles: true,
  storedSnapshotsAndFiles: true,
  dailyMaintenanceStartTime: true,
  applicationAudit: true,
  appProperties: true,
  dataManagement: true,
  jobConsole: true,
  extra: true,
  note: true,
  force: true,
};

/** The vendor's names of the parts. */
const CLONE_PARTS: Readonly<Record<keyof CloneParts, string>> = {
  usersAndPreDefinedRoles: 'usersAndPreDefinedRoles',
  storedSnapshotsAndFiles: 'storedSnapshotsAndFiles',
  dailyMaintenanceStartTime: 'maintenanceStartTime',
  applicationAudit: 'applicationAudit',
  appProperties: 'appProperties',
  dataManagement: 'dataManagement',
  jobConsole: 'jobConsole',
};

/** Sent always, so that no unknown default of the server applies. */
const CLONE_DEFAULTS: CloneParts = {
  usersAndPreDefinedRoles: false,
  storedSnapshotsAndFiles: false,
  dailyMaintenanceStartTime: true,
};

/** The environment as a whole. */
export class Environment {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * Starts a restore, which replaces the environment with the backup. The request is sent once and never repeated. All
   * three flags are always sent, with their defaults if you leave them out.
   *
   * If the vendor answers the start with the end, done or refused (HTTP 200 and a positive status, OE-1), the call
   * resolves too, with an operation that has ended and sends nothing. Its id is that of the job if the answer names
   * one, otherwise it is made from the time and the name of the backup.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
   * @throws {ConfigurationError} wrong or unknown input, or a backup of another kind (OE-16); nothing was sent
   * @throws {NotFoundError} this environment does not have the call (OE-25)
   * @throws {StartOutcomeUnknownError} the answer was lost, or does not say whether the restore began (OE-26)
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the start was accepted without a link to its job (OE-4)
   * @throws {UntrustedLocationError} with `started: 'yes'`: the start was accepted with a link to another place
   *   (OE-5)
   */
  async restore(input: RestoreEnvironmentInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    requireFields('input', input, '{ backupName }');
    // Without this check, a misspelt flag would be sent with its default and might move the maintenance schedule.
    refuseUnknown(input, Object.keys(FIELDS));
    const backupName = requireSegment('backupName', input.backupName);
    if (input.force !== true && kindOfBackup(backupName) !== 'environment-backup') {
      throw new ConfigurationError(
        'backupName',
        `'${backupName}' is not an environment backup (<time>/Environment_Backup). Copy a snapshot with backups.copy(), then import it. \`force: true\` sends this name nevertheless.`,
      );
    }
    const flags = toFlags(input);
    return startJob(
      this.#system,
      restoreKind,
      {
        call: 'restore an environment',
        facts: { backupName, flags },
        note: input.note,
        request: request('post', '/interop/rest/v1/services/restoreenvironment', {
          body: { backupName, parameters: toWireFlags(flags) },
        }),
      },
      options,
    );
  }

  /**
   * Clones this environment to another one, from an environment backup, from a snapshot, or as it is now. **It overwrites
   * the target.** The request is sent once, to this environment, which signs in to the target. With `startOnce`, name the
   * target: `target: { baseUrl: targetUrl }`.
   *
   * If the daily maintenance of this environment begins meanwhile, the clone ends: begin soon after it, or move it.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_clone_environment.html
   * @throws {ConfigurationError} wrong or unknown input, or this environment itself as the target; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or does not say whether the clone began (OE-26)
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the start was accepted without a link to its job
   */
  async clone(input: CloneEnvironmentInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    const targetUrl = environmentUrl('targetUrl', input?.targetUrl);
    const targetUsername = requireText('targetUsername', input.targetUsername);
    refuseUnknown(input, Object.keys(CLONE_FIELDS));
    const system = this.#system;
    if (targetUrl === system.baseUrl) {
      throw new ConfigurationError('targetUrl', 'is this environment itself; it must be the one to overwrite.');
    }
    const source = cloneSource(input);
    const parts = toCapitalFlags({ ...CLONE_DEFAULTS, ...cloneParts(input) });
    const extra = checkExtra(input.extra);
    const targetEncryptPassword = await base64Secret(system, 'targetPassword', input.targetPassword);
    const body = {
      targetURL: targetUrl,
      targetUsername,
      targetEncryptPassword,
      parameters: { ...source, ...parts, ...extra },
    };
    const call = {
      call: 'clone an environment',
      facts: omitUndefined({ targetUrl, backupName: source.environmentBackup, name: source.snapshotName }),
      note: input.note,
      request: request('post', '/interop/rest/v1/services/clone', { body }),
    };
    return startJob(system, cloneKind, call, options);
  }
}

function cloneSource({ backupName, snapshotName, force }: CloneEnvironmentInput) {
  if (backupName !== undefined && snapshotName !== undefined) {
    throw new ConfigurationError('snapshotName', 'and `backupName` exclude each other.');
  }
  const environmentBackup = optionalText('backupName', backupName);
  if (environmentBackup !== undefined && force !== true && kindOfBackup(environmentBackup) !== 'environment-backup') {
    throw new ConfigurationError(
      'backupName',
      `'${environmentBackup}' is not an environment backup (<time>/Environment_Backup). \`force: true\` sends this name nevertheless.`,
    );
  }
  return omitUndefined({ environmentBackup, snapshotName: optionalText('snapshotName', snapshotName) });
}

function cloneParts(input: CloneParts): CloneParts {
  const checked: Partial<Record<keyof CloneParts, boolean>> = {};
  for (const name of Object.keys(CLONE_PARTS) as (keyof CloneParts)[]) {
    const value = input[name];
    if (value !== undefined) checked[name] = requireBoolean(name, value);
  }
  return checked;
}

/** The flags of this call are written with a capital letter in the vendor's text, unlike all others. */
function toCapitalFlags(parts: CloneParts): Readonly<Record<string, 'True' | 'False'>> {
  const names = Object.keys(parts) as (keyof CloneParts)[];
  return Object.fromEntries(names.map((name) => [CLONE_PARTS[name], parts[name] ? 'True' : 'False']));
}

function checkExtra(extra: unknown): Readonly<Record<string, string>> {
  if (extra === undefined) return {};
  if (typeof extra !== 'object' || extra === null) throw new ConfigurationError('extra', 'must be an object of texts.');
  return Object.fromEntries(Object.entries(extra).map(([name, value]) => [name, requireText(`extra.${name}`, value)]));
}
