import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { attachOperation, type CommonAttachOptions } from '../client/system-client.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { NotFoundError } from '../errors/not-found-error.ts';
import { refuseUnknown } from '../errors/refuse-unknown.ts';
import { requireBoolean } from '../errors/require.ts';
import { UnexpectedResponseError } from '../errors/unexpected-response-error.ts';
import type { BackupOperation } from './backup.ts';
import { backupKind } from './backup-kind.ts';
import { type BackupProgress, backupProgressRequest, readBackupProgress } from './backup-progress.ts';
import type { BackupRecord } from './backup-record.ts';
import { type BackupTarget, TARGET_FIELDS, toWireTarget } from './backup-target.ts';
import {
  type BackupCountQuery,
  type BackupCounts,
  type BackupPeriodQuery,
  countBackups,
  countByPaid,
} from './counts.ts';
import { type BackupQuery, dumpParams, requireDump } from './dump-query.ts';
import { checkShape } from './envelope.ts';
import { withExplainedRefusal } from './explain-refusal.ts';
import { requireBackupId } from './guid.ts';
import { findRecord, readHistory } from './history.ts';
import { latestBackup } from './latest-backup.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { readCall } from './read-call.ts';
import { Schedule } from './schedule.ts';
import { ServiceStateSchema } from './schemas.ts';
import { keepSecrets } from './storage-params.ts';
import { request } from './traits.ts';
import { writeCall } from './write-call.ts';

export type { BackupQuery } from './dump-query.ts';

export type CreateBackupInput = BackupTarget & {
  /**
   * Backs up the whole server instead of one portal. For self-hosted servers only; others answer 403. @default false
   */
  readonly dump?: boolean | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
};

/** `id` is the `taskId` of the backup, which is also the id of its record. */
export interface BackupAttachOptions extends CommonAttachOptions {
  /** true for a backup of the whole server. @default false */
  readonly dump?: boolean | undefined;
}

export interface DeletedBackups {
  /** The backups that were listed before and are not listed any more. */
  readonly deleted: readonly BackupRecord[];
  /** The backups that are still listed, because they could not be deleted or are new. */
  readonly left: readonly BackupRecord[];
}

/** Backups of the portal, or with `dump` of the whole server. */
export class Backups {
  readonly schedule: Schedule;
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
    this.schedule = new Schedule(system);
  }

  /**
   * Starts a backup. The request is sent once and never repeated, because a hosted portal has a limited number of free
   * backups per month and may charge for more. If a backup is already running, the portal answers with that one; then
   * every status has the warning 'existing-task' (DS-10). Do not use `startOnce` for it: after a crash, it would look for a
   * restore.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/start-the-backup
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {NotFoundError} there is no such folder
   * @throws {ApiError} with status 402: no free backup is left, and paid backups are not enabled
   * @throws {StartOutcomeUnknownError} the answer was lost, names no backup, or is a 5xx
   * @example
   * const { result } = await waitForCompletion(await docspace.backups.create({ storage: 'data-store' }));
   * await docspace.portal.restore({ backupId: result.backupId });
   */
  async create(input: CreateBackupInput, options: CallOptions = {}): Promise<BackupOperation> {
    if (typeof input !== 'object' || input === null) throw new ConfigurationError('input', 'must be { storage, ... }.');
    refuseUnknown(input, [...TARGET_FIELDS, 'dump', 'note']);
    const target = toWireTarget(input);
    const { dump = false, note } = input;
    requireBoolean('dump', dump);
    const system = this.#system;
    keepSecrets(system.transport.redactor, target.storageParams);
    const facts = { dump };
    const start = startOperation(
      system,
      backupKind,
      {
        what: `a backup to ${input.storage}`,
        note,
        facts,
        request: request('post', '/api/2.0/backup/startbackup', { body: dump ? { ...target, dump } : target }),
        parseStartResponse: (answer, _, baseline) =>
          parseStartResponse(system, answer, { facts, baseline, job: 'backup' }),
      },
      options,
    );
    return withExplainedRefusal(system, start, options);
  }

  /** Makes an operation for a backup that was started elsewhere, such as in the web interface. Sends nothing. */
  attach(options: BackupAttachOptions): BackupOperation {
    if (typeof options !== 'object' || options === null) throw new ConfigurationError('id', 'is required.');
    refuseUnknown(options, ['id', 'dump', 'startedAt', 'note']);
    const id = requireBackupId('id', options.id, ' or the progress');
    const dump = options.dump === undefined ? false : requireBoolean('dump', options.dump);
    return attachOperation(this.#system, backupKind, { ...options, id, facts: { dump } });
  }

  /**
   * The progress of the last backup, even if somebody else or the schedule has started it; undefined if there is none.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-backup-progress
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async progress(query: BackupQuery = {}, options: CallOptions = {}): Promise<BackupProgress | undefined> {
    const content = await readCall(this.#system, backupProgressRequest(requireDump(query)), options);
    return readBackupProgress({ response: content });
  }

  /**
   * The backups that can be restored, in no order. While it reads the list, the server deletes records without an
   * archive.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-backup-history
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  list(query: BackupQuery = {}, options: CallOptions = {}): Items<BackupRecord> {
    const dump = requireDump(query);
    const system = this.#system;
    return itemsOf(async function* () {
      yield* await readHistory(system, dump, options);
    });
  }

  /**
   * The newest backup by its time, because the list has no order. Backups without a time are ignored.
   * @throws {SelectionError} there is none, two have the same newest time, or none has a time
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async latest(query: BackupQuery = {}, options: CallOptions = {}): Promise<BackupRecord> {
    return latestBackup(await this.list(query, options).toArray());
  }

  /**
   * Deletes a backup: its record and its archive. The server answers success whatever happens, so the list is read before
   * and after (DS-31).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/delete-the-backup
   * @throws {NotFoundError} the list does not have it; nothing was deleted
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {WriteOutcomeUnknownError} the answer was lost, or is a 5xx: the record or the archive may be left
   * @throws {UnexpectedResponseError} the server reported success, but still lists it
   */
  async delete(id: string, query: BackupQuery = {}, options: CallOptions = {}): Promise<void> {
    requireBackupId('id', id, '');
    const dump = requireDump(query);
    const system = this.#system;
    if (!(await findRecord(system, id, dump, options))) {
      throw new NotFoundError(`The portal lists no backup ${id}; nothing was deleted.`, { status: 404 });
    }
    await writeCall(
      system,
      request('delete', '/api/2.0/backup/deletebackup/{id}', { params: { path: { id } } }),
      options,
    );
    if (await findRecord(system, id, dump, options)) {
      throw new UnexpectedResponseError(`The portal reports that backup ${id} is deleted, but still lists it.`, {
        status: 200,
      });
    }
  }

  /**
   * Deletes **all** backups of the portal, or with `dump` of the whole server. The server reports no failure, so the list
   * is read before and after (DS-31).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/delete-the-backup-history
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {WriteOutcomeUnknownError} the answer was lost, or is a 5xx
   */
  async deleteAll(query: BackupQuery = {}, options: CallOptions = {}): Promise<DeletedBackups> {
    const dump = requireDump(query);
    const system = this.#system;
    const before = await readHistory(system, dump, options);
    await writeCall(
      system,
      request('delete', '/api/2.0/backup/deletebackuphistory', { params: dumpParams(dump) }),
      options,
    );
    const left = await readHistory(system, dump, options);
    return { deleted: before.filter(({ id }) => !left.some((record) => record.id === id)), left };
  }

  /**
   * How many backups were made in a period: the free ones, or the paid ones.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-number-of-backups
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async count(query: BackupCountQuery = {}, options: CallOptions = {}): Promise<number> {
    return countBackups(this.#system, query, options);
  }

  /**
   * How many free and how many paid backups were made in a period. Servers before 3.8 are asked twice.
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async countByPaid(query: BackupPeriodQuery = {}, options: CallOptions = {}): Promise<BackupCounts> {
    return countByPaid(this.#system, query, options);
  }

  /**
   * Whether the portal may make backups beyond the free ones of its plan. Each of them is paid for.
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  async serviceState(options: CallOptions = {}): Promise<{ readonly enabled: boolean }> {
    const state = await readCall(this.#system, request('get', '/api/2.0/backup/getservicestate'), options);
    return { enabled: checkShape('The state', ServiceStateSchema, state).enabled };
  }
}
