import type { CallOptions } from '../client/client-options.ts';
import { type Items, itemsOf } from '../client/items.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { ApiError } from '../errors/api-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { textOf } from '../protocols/poll-response.ts';
import { toStatusCode } from '../protocols/status-code.ts';
import { type EpmBackupKind, kindOfBackup, timeOfBackup } from './backup-name.ts';
import { withAdvice } from './explain-error.ts';
import { COPY_ADVICE, copyKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { BackupListSchema } from './schemas.ts';
import { request } from './traits.ts';

export interface EpmBackup {
  /** To be sent back letter for letter (OE-18). */
  readonly name: string;
  readonly kind: EpmBackupKind;
  /** The UTC time in the name; absent where it is unreadable. */
  readonly createdAt?: Date;
}

export interface CopyBackupInput {
  /** As `backups.list()` names it; an artifact snapshot, by the vendor's documentation. */
  readonly backupName: string;
  /** Name of the copy, without extension. @default chosen by the server; read it from the list of files */
  readonly targetName?: string;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string;
}

/** The archive of daily backups. */
export class Backups {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * The backups of the last 60 days, of both kinds in one list (OE-16). Listed does not mean restorable: releases and
   * patch levels must match (OE-19).
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_list_backups_oci.html
   * @throws {NotFoundError} this environment has no such call (OE-25)
   * @throws {ApiError} refused in a 200: a positive status, with the vendor's text (OE-1)
   */
  list(options: CallOptions = {}): Items<EpmBackup> {
    const system = this.#system;
    return itemsOf(async function* () {
      const read = system.read(request('get', '/interop/rest/v2/backups/list'), BackupListSchema, options);
      const { status, details, items } = await withAdvice('list backups', read);
      if (toStatusCode(status) !== 0)
        throw refusedList(status, system.transport.redactor.text(textOf(details) ?? 'no reason given'));
      yield* (items ?? []).map(toBackup);
    });
  }

  /**
   * Copies a backup from the archive to the files of the environment, which Oracle calls Restore Backups: nothing is
   * restored by it (OE-17). Sent once, never repeated.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/lcm_restore_backup_oci.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost
   * @throws {UnexpectedResponseError} `started: 'yes'`: accepted without a link to its job
   */
  async copy(input: CopyBackupInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const backupName = requireSegment('backupName', input?.backupName);
    const { targetName, note } = input;
    const parameters = targetName === undefined ? {} : { targetName: requireSegment('targetName', targetName) };
    const system = this.#system;
    const facts = { backupName };
    const start = startOperation(
      system,
      copyKind,
      {
        what: `the copy of ${backupName}`,
        note,
        facts,
        request: request('post', '/interop/rest/v2/backups/restore', { body: { backupName, parameters } }),
        parseStartResponse: (answer, startedAt) => parseStartResponse(system, answer, { facts, startedAt }),
        advice: COPY_ADVICE,
      },
      options,
    );
    return withAdvice('copy a backup', start);
  }
}

function toBackup(name: string): EpmBackup {
  const createdAt = timeOfBackup(name);
  return { name, kind: kindOfBackup(name), ...(createdAt ? { createdAt } : {}) };
}

/** An answer in the documented form that refuses: an ApiError, although its HTTP status is 200. */
function refusedList(status: unknown, message: string): ApiError {
  return new ApiError(`The list of backups was answered with status ${status}: ${message}`, {
    status: 200,
    errors: [{ message, code: String(status) }],
  });
}
