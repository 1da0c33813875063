import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { isMarkedNotStarted, markNotStarted } from '../errors/not-started.ts';
import { requireBoolean } from '../errors/require.ts';
import { isSecretName } from '../http/secret-names.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { type BackupRecord, toBackupRecord } from './backup-record.ts';
import { checkShape, contentOf, refuseErrorEnvelope } from './envelope.ts';
import { explainRefusal } from './explain-refusal.ts';
import type { RestoreFacts } from './facts.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { readProgressCall } from './poll-progress.ts';
import { type RestoreProgress, readProgress } from './progress-record.ts';
import { restoreKind } from './restore-kind.ts';
import type { StartRestoreInput } from './restore-source.ts';
import { EnvelopeSchema, HistorySchema } from './schemas.ts';
import { toWireRestore } from './to-wire-restore.ts';
import { request } from './traits.ts';

export interface BackupQuery {
  /** true: of the whole server; false: of the portal. @default left out, which is the server's own choice (DS-22) */
  readonly dump?: boolean;
}

/** Backups of the portal, and the restore. */
export class Backup {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * Starts the restore: the portal, its users and its files are replaced. Sent once, never repeated. 200 only says that
   * it is queued: damaged archives and missing files show up later (DS-9). Before it, one poll without credentials
   * remembers which restore the portal tells of, so that a lost answer and a restore that ran already can be told (DS-10).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/start-the-restoring-process
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {NotFoundError} no such backup
   * @throws {ApiError} 402: the pricing plan has no restore
   * @throws {StartOutcomeUnknownError} the answer was lost, names no restore, or is a 5xx
   */
  async startRestore(input: StartRestoreInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const { body, what, dataAsOf } = toWireRestore(input);
    const { dump, note } = input;
    const system = this.#system;
    for (const { key, value } of body.storageParams ?? []) {
      if (isSecretName(key ?? '')) system.transport.redactor.add(value ?? '');
    }
    const facts: RestoreFacts = {
      ...(dump === undefined ? {} : { dump }),
      ...(dataAsOf ? { dataAsOf: dataAsOf.toISOString() } : {}),
    };
    const start = startOperation(
      system,
      restoreKind,
      {
        what: `the restore of ${what}`,
        note,
        facts,
        request: request('post', '/api/2.0/backup/startrestore', { body }),
        parseStartResponse: (answer, _, baseline) => parseStartResponse(system, answer, { facts, baseline }),
      },
      options,
    );
    return this.#explained(start, options);
  }

  /**
   * What the portal tells of its last restore, whoever started it; undefined where it knows of none. Asked without
   * credentials, and with them only where the portal insists (DS-1, DS-2).
   * @see https://api.onlyoffice.com/docspace/api-backend/samples/basic-samples/get-restoring-progress
   */
  async restoreProgress(query: BackupQuery = {}, options: CallOptions = {}): Promise<RestoreProgress | undefined> {
    return readProgress(await readProgressCall(this.#system, toDump(query), options));
  }

  /**
   * The backups that can be restored, in no order. The server forgets the records whose archive is gone as it reads.
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/get-the-backup-history
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   */
  history(query: BackupQuery = {}, options: CallOptions = {}): Items<BackupRecord> {
    const dump = toDump(query);
    const read = () => this.#readHistory(dump, options);
    return itemsOf(async function* () {
      yield* await read();
    });
  }

  async #readHistory(dump: boolean | undefined, options: CallOptions): Promise<BackupRecord[]> {
    const system = this.#system;
    const history = request('get', '/api/2.0/backup/getbackuphistory', {
      params: { query: dump === undefined ? {} : { Dump: dump } },
    });
    const read = async () => {
      const body = await system.read(history, EnvelopeSchema, options);
      refuseErrorEnvelope(body, system.transport.redactor);
      return checkShape('The history', HistorySchema, contentOf(body)).map(toBackupRecord);
    };
    return this.#explained(read(), options);
  }

  async #explained<T>(work: Promise<T>, options: CallOptions): Promise<T> {
    try {
      return await work;
    } catch (error) {
      const explained = await explainRefusal(this.#system, error, options);
      throw isMarkedNotStarted(error) ? markNotStarted(explained) : explained;
    }
  }
}

function toDump(query: BackupQuery): boolean | undefined {
  return query.dump === undefined ? undefined : requireBoolean('dump', query.dump);
}
