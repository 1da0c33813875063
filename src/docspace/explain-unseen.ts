import type { System } from '../client/system.ts';
import type { RestoreProgress } from './progress-record.ts';
import { ACTIVE, RESTORING, readTenantStatus } from './settings.ts';

interface Unseen {
  readonly id: string;
  /** What the portal tells of instead. */
  readonly progress: RestoreProgress | undefined;
  readonly wasSeen: boolean;
  /** Too late for a restore that is not visible yet. */
  readonly isOverdue: boolean;
}

/** Why a poll did not find the restore; of one that is gone, whether the portal is still locked (DS-6, DS-7, DS-29). */
export async function explainUnseen(
  system: System,
  unseen: Unseen,
  options: { readonly signal?: AbortSignal },
): Promise<string> {
  const { id, progress, wasSeen, isOverdue } = unseen;
  if (progress) {
    const other = system.transport.redactor.text(progress.taskId ?? 'without an id');
    return wasSeen
      ? `The portal tells of another restore (${other}) by now, so how ${id} ended can no longer be seen.`
      : `The portal tells of another restore (${other}) and not of ${id}.`;
  }
  if (!isOverdue) return `The portal does not tell of restore ${id} yet.`;
  const tenant = await tellTenantStatus(system, options);
  return `The portal tells of no restore${wasSeen ? ' any more' : ''}, so how ${id} ended cannot be seen. ${tenant}`;
}

async function tellTenantStatus(system: System, options: { readonly signal?: AbortSignal }): Promise<string> {
  try {
    const status = await readTenantStatus(system, options);
    if (status === RESTORING) {
      return `Its settings say that it is being restored (tenantStatus ${status}); if that lasts, the worker service has died.`;
    }
    if (status === ACTIVE) return 'Its settings say that it is active (tenantStatus 0).';
    return `Its settings say tenantStatus ${status ?? '(none)'}.`;
  } catch {
    options.signal?.throwIfAborted();
    return 'Its settings could not be read.';
  }
}
