import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { attachOperation, type CommonAttachOptions } from '../client/system-client.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireFields, requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type EpmBackupKind, kindOfBackup } from './backup-name.ts';
import { type EpmBackup, toBackup } from './epm-backup.ts';
import { withAdvice } from './explain-error.ts';
import { copyKind } from './job-kinds.ts';
import type { EpmJobResult } from './job-reports.ts';
import { latestBackup, requireBackupKind } from './latest-backup.ts';
import { refused } from './refusal.ts';
import { BackupListSchema } from './schemas.ts';
import { startJob } from './start-job.ts';
import { request } from './traits.ts';

export interface LatestBackupOptions {
  readonly kind: EpmBackupKind;
}

export interface CopyBackupInput {
  /** The name from `backups.list()`: an artifact snapshot or an archive of Narrative Reporting. */
  readonly backupName: string;
  /** Name of the copy, without extension. @default the server chooses it; see the list of files */
  readonly targetName?: string | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
  /** Also sends the name of an environment backup, although its copy is not documented. @default false */
  readonly force?: boolean | undefined;
}

/** `id` is the last segment of the status URL of the copy. */
export interface AttachCopyOptions extends CommonAttachOptions {
  /** The backup that is copied, if you know it. */
  readonly backupName?: string | undefined;
}

const COPY_FIELDS: Readonly<Record<keyof CopyBackupInput, true>> = {
  backupName: true,
  targetName: true,
  note: true,
  force: true,
};
const ATTACH_FIELDS: Readonly<Record<keyof AttachCopyOptions, true>> = {
  id: true,
  startedAt: true,
  note: true,
  backupName: true,
};

/** The archive of daily backups. */
export class Backups {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The backups of the last 60 days, of both kinds (OE-16), in no documented order. A listed backup may not be
   * restorable, because releases and patch levels must match (OE-19).
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_list_backups_oci.html
   * @throws {NotFoundError} this environment does not have the call (OE-25)
   * @throws {ApiError} refused by a 200 with a positive status and the vendor's text (OE-1)
   */
  list(options: CallOptions = {}): Items<EpmBackup> {
    const system = this.#system;
    return itemsOf(async function* () {
      const read = system.read(request('get', '/interop/rest/v2/backups/list'), BackupListSchema, options);
      const { status, details, items } = await withAdvice('list backups', read);
      if (toStatusCode(status) !== 0) throw refused(system, 'The list of backups', { status, details });
      yield* (items ?? []).map(toBackup);
    });
  }

  /**
   * The newest backup of a kind by the time in its name, not by its position in the list, whose order is not
   * documented.
   * @throws {SelectionError} `reason` is 'none' if there is no such backup, 'no-time' if no name has a time,
   *   'several' if some have the same newest time
   * @throws as `list`
   * @example
   * const { id } = await epm.backups.latest({ kind: 'environment-backup' });
   * const operation = await epm.environment.restore({ backupName: id, dailyMaintenanceStartTime: false });
   */
  async latest(wanted: LatestBackupOptions, options: CallOptions = {}): Promise<EpmBackup> {
    const kind = requireBackupKind(wanted?.kind);
    return latestBackup(await this.list(options).toArray(), kind);
  }

  /**
   * Copies a backup from the archive to the files of the environment. Oracle calls it Restore Backups, but it restores
   * nothing (OE-17). The request is sent once and never repeated. When the copy has ended, `fileName` of the result is
   * its name in the list of files, for `snapshots.import`.
   * @see
   *   https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_restore_backup_oci.html
   * @throws {ConfigurationError} wrong input, or an environment backup, which is restored instead of copied; nothing
   *   was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the copy was accepted without a link to its job
   */
  async copy(input: CopyBackupInput, options: CallOptions = {}): Promise<Operation<EpmJobResult>> {
    requireFields('input', input, '{ backupName }');
    refuseUnknown(input, Object.keys(COPY_FIELDS));
    const backupName = requireSegment('backupName', input.backupName);
    if (input.force !== true && kindOfBackup(backupName) === 'environment-backup') {
      throw new ConfigurationError(
        'backupName',
        `'${backupName}' is an environment backup; use environment.restore(). \`force: true\` sends this name nevertheless.`,
      );
    }
    const { targetName, note } = input;
    const parameters = targetName === undefined ? {} : { targetName: requireSegment('targetName', targetName) };
    return startJob(
      this.#system,
      copyKind,
      {
        call: 'copy a backup',
        facts: omitUndefined({ backupName, name: targetName }),
        note,
        request: request('post', '/interop/rest/v2/backups/restore', { body: { backupName, parameters } }),
      },
      options,
    );
  }

  /**
   * Makes an operation for a copy that was started elsewhere. Sends nothing.
   * @throws {ConfigurationError} an option is wrong or not known
   */
  attachCopy(options: AttachCopyOptions): Operation<EpmJobResult> {
    const id = requireSegment('id', options?.id);
    refuseUnknown(options, Object.keys(ATTACH_FIELDS));
    const { backupName } = options;
    const facts = backupName === undefined ? {} : { backupName: requireText('backupName', backupName) };
    return attachOperation(this.#system, copyKind, { ...options, id, facts });
  }
}
