import type { CallOptions } from '../client/client-options.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { requireDump } from './dump-query.ts';
import { withExplainedRefusal } from './explain-refusal.ts';
import type { RestoreFacts } from './facts.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { readProgressCall } from './poll-progress.ts';
import { type RestoreProgress, readProgress } from './progress-record.ts';
import { restoreKind } from './restore-kind.ts';
import type { RestorePortalInput } from './restore-source.ts';
import { type PortalSettings, readSettings } from './settings.ts';
import { keepSecrets } from './storage-params.ts';
import { toWireRestore } from './to-wire-restore.ts';
import { request } from './traits.ts';

export interface RestoreProgressQuery {
  /** true for a restore of the whole server, false for one of this portal (DS-22). @default false */
  readonly dump?: boolean | undefined;
}

/** The portal, which a restore overwrites. */
export class Portal {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
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
   * The settings of the portal, read without credentials. They can be read during a restore too, when almost all other
   * calls are answered 403 (DS-12).
   * @see https://api.onlyoffice.com/docspace/api-backend/usage-api/settings
   */
  settings(options: CallOptions = {}): Promise<PortalSettings> {
    return readSettings(this.#system, options);
  }
}
