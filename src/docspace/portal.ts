import type { Auth } from '../auth/auth.ts';
import type { CallOptions } from '../client/client-options.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import type { UploadSource } from '../http/upload.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { requireDump } from './dump-query.ts';
import { withExplainedRefusal } from './explain-refusal.ts';
import type { RestoreFacts } from './facts.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { readProgressCall } from './poll-progress.ts';
import { type RestoreProgress, readProgress } from './progress-record.ts';
import { type Connect, type Reconnected, type ReconnectOptions, reconnect } from './reconnect.ts';
import { restoreKind } from './restore-kind.ts';
import type { RestorePortalInput } from './restore-source.ts';
import { type PortalSettings, readSettings } from './settings.ts';
import { keepSecrets } from './storage-params.ts';
import { toWireRestore } from './to-wire-restore.ts';
import { request } from './traits.ts';
import { type UploadArchiveOptions, type UploadedArchive, uploadArchive } from './upload-archive.ts';

export interface RestoreProgressQuery {
  /** true for a restore of the whole server, false for one of this portal (DS-22). @default false */
  readonly dump?: boolean | undefined;
}

/** The portal, which a restore overwrites. */
export class Portal<Client = unknown> {
  readonly #system: System;
  readonly #authKind: string;
  readonly #connect: Connect<Client>;

  /** @internal */
  constructor(system: System, authKind: string, connect: Connect<Client>) {
    this.#system = system;
    this.#authKind = authKind;
    this.#connect = connect;
  }

  /**
   * Starts a restore, which replaces the users, rooms and files of the portal, or with `dump` the whole server. The
   * request is sent once and never repeated. The answer 200 only means that the restore is queued; a damaged archive or
   * a missing file shows later (DS-9). Before the start, the progress is read once without credentials, so that a lost
   * answer, or a restore that was already running, can be recognised (DS-10).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/backup/start-the-restoring-process
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {PermissionError} role or scope does not allow it, or `reason: 'portal-restoring'`
   * @throws {NotFoundError} there is no such backup or file
   * @throws {ApiError} with status 402: the pricing plan does not include restores
   * @throws {StartOutcomeUnknownError} the answer was lost, names no restore, or is a 5xx
   * @example
   * const latest = await docspace.backups.latest();
   * const operation = await docspace.portal.restore({ backupId: latest.id, notify: false });
   */
  async restore(input: RestorePortalInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const { body, what, dataAsOf } = toWireRestore(input);
    const system = this.#system;
    keepSecrets(system.transport.redactor, body.storageParams);
    const facts: RestoreFacts = omitUndefined({
      dump: body.dump === true,
      notify: body.notify === true,
      dataAsOf: dataAsOf?.toISOString(),
    });
    const start = startOperation(
      system,
      restoreKind,
      {
        what: `the restore of ${what}`,
        note: input.note,
        facts,
        request: request('post', '/api/2.0/backup/startrestore', { body }),
        parseStartResponse: (answer, _, baseline) =>
          parseStartResponse(system, answer, { facts, baseline, job: 'restore' }),
      },
      options,
    );
    return withExplainedRefusal(system, start, options);
  }

  /**
   * The progress of the last restore of the portal, even if somebody else started it; undefined if there is none. It is
   * read without credentials, and with them only if the portal requires that (DS-1, DS-2).
   * @see https://api.onlyoffice.com/docspace/api-backend/samples/basic-samples/get-restoring-progress
   */
  async restoreProgress(
    query: RestoreProgressQuery = {},
    options: CallOptions = {},
  ): Promise<RestoreProgress | undefined> {
    return readProgress(await readProgressCall(this.#system, requireDump(query), options));
  }

  /**
   * Uploads an archive for a restore with `storage: 'local'`. The server keeps one archive per portal: an upload deletes the
   * one before it, and a restore takes the last one. Chunks are sent one after another, each once, because the server
   * appends them without a position. It keeps an upload for 20 minutes from its start (DS-33).
   * @see https://github.com/ONLYOFFICE/DocSpace-server/blob/master/common/ASC.Data.Backup.Core/BackupFileUploadHandler.cs
   * @throws {ConfigurationError} wrong input, or a stream without `totalBytes`; nothing was sent
   * @throws {ApiError} the portal refuses the upload, with its own text and with status 200
   * @throws {IncompleteTransferError} the source or the connection failed; the upload must begin again
   * @example
   * const archive = await docspace.portal.upload(await openAsBlob('portal.tar.gz'), { fileName: 'portal.tar.gz' });
   * await docspace.portal.restore({ storage: 'local', filePath: archive.filePath });
   */
  async upload(source: UploadSource, options: UploadArchiveOptions): Promise<UploadedArchive> {
    return uploadArchive(this.#system, source, options);
  }

  /**
   * Logs in again after a restore, makes one new API key, and answers a client that works. The result says what is dead.
   * Nothing is logged in while a restore has not ended, because new credentials would stop working with its end. The key
   * is made once, without repetition, because a portal allows 5 in 15 minutes (DS-15).
   * @param auth new credentials: after a restore of the portal, a password that was set by the link in the mail
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {PermissionError} `reason: 'portal-restoring'`, or the login may not read backups, or the new key is refused
   * @throws {AuthenticationError} the portal refuses the login; it was tried once
   * @throws {RateLimitError} 5 keys were made in the last 15 minutes
   * @throws {WriteOutcomeUnknownError} the answer with the new key was lost: delete that key in the portal
   * @example
   * const { client, apiKey, dead } = await docspace.portal.reconnect(basicAuth({ username, password }));
   * if (apiKey) await saveSecret(apiKey.reveal());
   */
  async reconnect(
    auth: Auth,
    options: ReconnectOptions = {},
    callOptions: CallOptions = {},
  ): Promise<Reconnected<Client>> {
    const old = { system: this.#system, authKind: this.#authKind };
    return reconnect(old, this.#connect, { auth, options, call: callOptions });
  }

  /**
   * The settings of the portal, read without credentials. They can be read during a restore too, when almost all other
   * calls are answered 403 (DS-12).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/settings
   */
  settings(options: CallOptions = {}): Promise<PortalSettings> {
    return readSettings(this.#system, options);
  }
}
