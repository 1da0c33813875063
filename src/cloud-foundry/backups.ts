import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { resumeOperation } from '../client/make-operation.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { optionalWhole } from '../errors/require.ts';
import type { Answer } from '../http/answer.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation, SavedHandle } from '../operation/operation.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type Backup, type DatedBackup, latestBackup } from './backup.ts';
import { splitOptions } from './call-options.ts';
import { type CreatedBackup, readBackups } from './created-backup.ts';
import { explained } from './explain-error.ts';
import { backupKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
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
   * made. It is read with one request (CF-11).
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/backups/get/
   * @throws {ConfigurationError} an argument is wrong; nothing was sent
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   */
  list(instanceGuid: string, options: ListBackupsOptions = {}): Items<Backup> {
    const guid = requireSegment('instanceGuid', instanceGuid);
    const { own, call } = splitOptions(options, ['limit']);
    const { limit } = own;
    optionalWhole('limit', limit, 1);
    const system = this.#system;
    return itemsOf(async function* () {
      yield* await explained(readBackups(system, guid, { ...call, limit }));
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
    const { call } = splitOptions(options, []);
    const backups = await this.list(instanceGuid, call).toArray();
    return latestBackup(backups, instanceGuid, this.#system.transport.redactor);
  }

  /**
   * Starts a backup. Its result is the new backup, found by comparing the list from before the start with the list after
   * the end, because the vendor names it nowhere (CF-30). `result.id` is absent, and a warning says why, if two backups
   * are new or a list cannot be read. The request is sent once and never repeated.
   * @see
   *   https://developer.broadcom.com/xapis/tanzu-ear-cloud-controller-api/latest/v3/service_instances/service_instance_guid/backups/post/
   * @throws {ConfigurationError} an argument is wrong; nothing was sent
   * @throws {ConflictError} another operation runs on the instance or on one of its bindings (CF-14)
   * @throws {NotFoundError} no such instance, or this foundation has no backups (CF-15)
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @example
   * const { result } = await waitForCompletion(await cf.backups.create(instance.guid));
   * console.log(result.id, result.createdAt);
   */
  async create(instanceGuid: string, options: CreateBackupOptions = {}): Promise<Operation<CreatedBackup>> {
    const guid = requireSegment('instanceGuid', instanceGuid);
    const { own, call } = splitOptions(options, ['note']);
    const system = this.#system;
    const facts = { serviceInstanceGuid: guid };
    const start = {
      what: `a backup of service instance ${guid}`,
      note: own.note,
      facts,
      isToldByHeaders: true,
      request: request('post', '/v3/service_instances/{service_instance_guid}/backups', {
        params: { path: { service_instance_guid: guid } },
      }),
      parseStartResponse: (answer: Answer, _: Date, ids: unknown) =>
        parseStartResponse(system, answer, {
          ...facts,
          ...omitUndefined({ backupIdsBefore: Array.isArray(ids) ? (ids as string[]) : undefined }),
        }),
    };
    return explained(startOperation(system, backupKind, start, call));
  }

  /**
   * Makes an operation from the saved handle of a backup, in this process or another one. Sends nothing.
   * @throws {HandleError} the handle is not one of a backup, belongs to another system or base URL, or is damaged
   */
  resume(handle: SavedHandle): Operation<CreatedBackup> {
    return resumeOperation(this.#system, [backupKind], handle);
  }
}
