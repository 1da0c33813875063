import type { CallOptions } from '../client/client-options.ts';
import { startOperation } from '../client/start.ts';
import type { System } from '../client/system.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireSegment } from '../http/path-segment.ts';
import type { Operation } from '../operation/operation.ts';
import { refuseUnknown } from '../operation/refuse-unknown.ts';
import type { RestoreResult } from '../operation/restore-result.ts';
import { kindOfBackup } from './backup-name.ts';
import { withAdvice } from './explain-error.ts';
import { FOLLOW_RESTORE, RESTORE_ADVICE, restoreKind } from './job-kinds.ts';
import { parseStartResponse } from './parse-start-response.ts';
import { toFlags, toWireFlags } from './restore-flags.ts';
import { request } from './traits.ts';

export interface RestoreEnvironmentInput {
  /** An `environment-backup` as `backups.list()` names it, sent back letter for letter (OE-18). */
  readonly backupName: string;
  /**
   * Restores users and their role assignments too; needs the Identity Domain Administrator role, and may take your own
   * access away. Groups and granular roles are restored in any case (OE-21). @default false
   */
  readonly usersAndPreDefinedRoles?: boolean | undefined;
  /** Sets the daily maintenance start time to that of the backup. Say false to keep the schedule (OE-13). @default true */
  readonly dailyMaintenanceStartTime?: boolean | undefined;
  /** Replaces inbox, outbox and stored snapshots with those of the backup. @default false */
  readonly storedSnapshotsAndFiles?: boolean | undefined;
  /** Your own remark, such as a ticket; travels in the handle, the events and the errors. */
  readonly note?: string | undefined;
  /** Sends a `backupName` that does not look like an environment backup. @default false */
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

/** The environment as a whole. */
export class Environment {
  readonly #system: System;

  /** @internal */
  constructor(system: System) {
    this.#system = system;
  }

  /**
   * Starts the restore: the environment goes back to the backup, with everything in it. Sent once, never repeated. All
   * three flags are always sent, those left out as their defaults.
   *
   * A start that the vendor answers with the end, done or refused (HTTP 200 and a positive status, OE-1), resolves too:
   * with an operation that is over and sends nothing. Its id is the job's where one was named, else made of the time and
   * the backup's name.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
   * @throws {ConfigurationError} wrong or unknown input, or a backup of another kind (OE-16); nothing was sent
   * @throws {NotFoundError} this environment has no such call (OE-25)
   * @throws {StartOutcomeUnknownError} the answer was lost, or does not say whether it began (OE-26)
   * @throws {UnexpectedResponseError} `started: 'yes'`: accepted without a link to its job (OE-4)
   * @throws {UntrustedLocationError} `started: 'yes'`: accepted with a link that leads elsewhere (OE-5)
   */
  async restore(input: RestoreEnvironmentInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const backupName = requireSegment('backupName', input?.backupName);
    // A misspelt flag would be sent as its default, and move the maintenance schedule.
    refuseUnknown(input, Object.keys(FIELDS));
    if (input.force !== true && kindOfBackup(backupName) !== 'environment-backup') {
      throw new ConfigurationError(
        'backupName',
        `'${backupName}' is not an environment backup (<time>/Environment_Backup). A snapshot is copied by backups.copy() and then imported; \`force: true\` sends this name all the same.`,
      );
    }
    const flags = toFlags(input);
    const system = this.#system;
    const facts = { backupName, flags };
    const start = startOperation(
      system,
      restoreKind,
      {
        what: `the restore of ${backupName}`,
        note: input.note,
        facts,
        request: request('post', '/interop/rest/v1/services/restoreenvironment', {
          body: { backupName, parameters: toWireFlags(flags) },
        }),
        parseStartResponse: (answer, startedAt) =>
          parseStartResponse(system, answer, { facts, startedAt, follow: FOLLOW_RESTORE }),
        advice: RESTORE_ADVICE,
      },
      options,
    );
    return withAdvice('restore an environment', start);
  }
}
