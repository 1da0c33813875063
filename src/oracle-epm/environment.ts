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
  /** The name of an `environment-backup` from `backups.list()`. It is sent unchanged (OE-18). */
  readonly backupName: string;
  /**
   * Also restores users and their role assignments. This needs the role Identity Domain Administrator and may remove
   * your own access. Groups and granular roles are always restored (OE-21). @default false
   */
  readonly usersAndPreDefinedRoles?: boolean | undefined;
  /**
   * Sets the daily maintenance start time to that of the backup. Pass false to keep the schedule (OE-13). @default true
   */
  readonly dailyMaintenanceStartTime?: boolean | undefined;
  /** Replaces inbox, outbox and stored snapshots with those of the backup. @default false */
  readonly storedSnapshotsAndFiles?: boolean | undefined;
  /** Your own remark, such as a ticket. It is copied into the handle, the events and the errors. */
  readonly note?: string | undefined;
  /** Also sends a `backupName` that does not have the form of an environment backup. @default false */
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
   * Starts a restore, which replaces the environment with the backup. The request is sent once and never repeated. All
   * three flags are always sent, with their defaults if you leave them out.
   *
   * If the vendor answers the start with the end, done or refused (HTTP 200 and a positive status, OE-1), the call
   * resolves too, with an operation that has ended and sends nothing. Its id is that of the job if the answer names
   * one, otherwise it is made from the time and the name of the backup.
   * @see https://docs.oracle.com/en/cloud/saas/enterprise-performance-management-common/prest/restore_env.html
   * @throws {ConfigurationError} wrong or unknown input, or a backup of another kind (OE-16); nothing was sent
   * @throws {NotFoundError} this environment does not have the call (OE-25)
   * @throws {StartOutcomeUnknownError} the answer was lost, or does not say whether the restore began (OE-26)
   * @throws {UnexpectedResponseError} with `started: 'yes'`: the start was accepted without a link to its job (OE-4)
   * @throws {UntrustedLocationError} with `started: 'yes'`: the start was accepted with a link to another place
   *   (OE-5)
   */
  async restore(input: RestoreEnvironmentInput, options: CallOptions = {}): Promise<Operation<RestoreResult>> {
    const backupName = requireSegment('backupName', input?.backupName);
    // Without this check, a misspelt flag would be sent with its default and might move the maintenance schedule.
    refuseUnknown(input, Object.keys(FIELDS));
    if (input.force !== true && kindOfBackup(backupName) !== 'environment-backup') {
      throw new ConfigurationError(
        'backupName',
        `'${backupName}' is not an environment backup (<time>/Environment_Backup). Copy a snapshot with backups.copy(), then import it. \`force: true\` sends this name nevertheless.`,
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
