import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { optionalWhole } from '../errors/require.ts';
import type { Answer } from '../http/answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { type Backup, type DatedBackup, latestBackup, toBackups } from './backup.ts';
import { explained } from './explain-error.ts';
import { backupKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { BackupListSchema } from './schemas.ts';
import { request } from './traits.ts';

export interface ListBackupsOptions extends CallOptions {
  /** The most backups to list. @default the server's own limit, which is not documented */
  readonly limit?: number | undefined;
}

export interface CreateBackupOptions extends CallOptions {
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
}

/** Backups of service instances. Only Broadcom's product has them. */
export class Backups {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The backups of an instance, in no documented order. The list does not show which backups have failed or are being
   * made.
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/backups/get/
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   */
  list(instanceGuid: string, options: ListBackupsOptions = {}): Items<Backup> {
    const path = { service_instance_guid: requireSegment('instanceGuid', instanceGuid) };
    const { limit, ...callOptions } = options;
    optionalWhole('limit', limit, 1);
    const query = limit === undefined ? {} : { limit };
    const system = this.#system;
    return itemsOf(async function* () {
      const list = system.read(
        request('get', '/v3/service_instances/{service_instance_guid}/backups', { params: { path, query } }),
        BackupListSchema,
        callOptions,
      );
      yield* toBackups(await explained(list));
    });
  }

  /**
   * The newest backup of an instance by its time, not by its position in the list.
   * @throws {SelectionError} 'none'; 'no-time' if no backup has a time; 'several' if two were made in the same second
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   * @example
   * const { id, createdAt } = await cf.backups.latest(instance.guid);
   * await cf.serviceInstances.restore({ into: instance.guid, from: { backupId: id, createdAt } });
   */
  async latest(instanceGuid: string, options: CallOptions = {}): Promise<DatedBackup> {
    const backups = await this.list(instanceGuid, options).toArray();
    return latestBackup(backups, instanceGuid, this.#system.transport.redactor);
  }

  /**
   * Starts a backup. Neither the answer nor the job has its id: see `findNewBackup` (CF-30).
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/backups/post/
   * @throws {ConflictError} another operation runs on the instance (CF-14)
   * @throws {StartOutcomeUnknownError} the answer was lost
   */
  async create(instanceGuid: string, options: CreateBackupOptions = {}): Promise<Operation<RestoreResult>> {
    const path = { service_instance_guid: requireSegment('instanceGuid', instanceGuid) };
    const { note, ...callOptions } = options;
    const system = this.#system;
    const facts = { serviceInstanceGuid: instanceGuid };
    const call = {
      what: `a backup of service instance ${instanceGuid}`,
      note,
      facts,
      isToldByHeaders: true,
      request: request('post', '/v3/service_instances/{service_instance_guid}/backups', { params: { path } }),
      parseStartResponse: (answer: Answer) => parseStartResponse(system, answer, facts),
    };
    return explained(startOperation(system, backupKind, call, callOptions));
  }
}
