import type { CallOptions } from '../client/client-options.ts';
import type { Subject } from '../client/operation-kind.ts';
import type { Operation } from '../operation/operation.ts';
import { OperationResource } from '../operation/operation-resource.ts';
import type { BackupResult } from './backup-result.ts';
import { cancelBackup } from './cancel-backup.ts';
import type { BackupFacts } from './facts.ts';

/**
 * A backup that is being made. `waitForCompletion(backup)` resolves when it is complete and listed in the history. It is
 * polled with credentials, in contrast to a restore.
 * @example
 * const backup = await docspace.backups.create({ storage: 'data-store' });
 * const { result } = await waitForCompletion(backup);
 * console.log(result.backupId, result.backup?.fileName);
 */
export interface BackupOperation extends Operation<BackupResult> {
  /**
   * Asks the portal to cancel the backup. Returns false, and sends nothing, if the backup has ended or the portal shows
   * another one, because the call would cancel any backup of the portal. true means that the portal has accepted it, not
   * that the backup has ended: wait for its end, which is 'canceled', or 'succeeded' if it was too late.
   * @throws {WriteOutcomeUnknownError} the request was sent, and its answer was lost
   * @throws {NotFoundError} servers from before October 2025 do not know the call
   */
  cancel(options?: CallOptions): Promise<boolean>;
}

export class PortalBackup extends OperationResource<BackupResult> implements BackupOperation {
  readonly #subject: Subject<BackupFacts>;

  constructor(operation: Operation<BackupResult>, subject: Subject<BackupFacts>) {
    super(operation);
    this.#subject = subject;
  }

  cancel(options: CallOptions = {}): Promise<boolean> {
    return cancelBackup(this.#subject, options);
  }
}
