import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { requireBoolean } from '../errors/require.ts';
import { type BackupRecord, toBackupRecord } from './backup-record.ts';
import { checkShape, contentOf, refuseErrorEnvelope } from './envelope.ts';
import { withExplainedRefusal } from './explain-refusal.ts';
import { latestBackup } from './latest-backup.ts';
import { EnvelopeSchema, HistorySchema } from './schemas.ts';
import { request } from './traits.ts';

export interface BackupQuery {
  /**
   * true for backups of the whole server, on self-hosted servers only. @default not sent, which means backups of the
   * portal
   */
  readonly dump?: boolean | undefined;
}

/** Backups that can be restored. */
export class Backups {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The backups that can be restored, in no order. While it reads the list, the server deletes records without an
   * archive.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-backup-history
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  list(query: BackupQuery = {}, options: CallOptions = {}): Items<BackupRecord> {
    const dump = query.dump === undefined ? undefined : requireBoolean('dump', query.dump);
    const read = () => withExplainedRefusal(this.#system, this.#read(dump, options), options);
    return itemsOf(async function* () {
      yield* await read();
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

  async #read(dump: boolean | undefined, options: CallOptions): Promise<BackupRecord[]> {
    const query = dump === undefined ? {} : { Dump: dump };
    const history = request('get', '/api/2.0/backup/getbackuphistory', { params: { query } });
    const body = await this.#system.read(history, EnvelopeSchema, options);
    refuseErrorEnvelope(body, this.#system.transport.redactor);
    return checkShape('The history', HistorySchema, contentOf(body)).map(toBackupRecord);
  }
}
