import type { System } from '../client/system.ts';
import type { RestoreProgress } from './progress-record.ts';
import { ACTIVE, RESTORING, readTenantStatus } from './settings.ts';

interface Unseen {
  readonly id: string;
  /** The other restore that the portal shows instead. */
  readonly progress: RestoreProgress | undefined;
  readonly wasSeen: boolean;
  /** Whether the restore should be visible by now. */
  readonly isOverdue: boolean;
}

/**
 * Explains why a poll did not find the restore. If its record has disappeared, it also says whether the portal is
 * still locked (DS-6, DS-7, DS-29).
 */
export async function explainUnseen(
  system: System,
  unseen: Unseen,
  options: { readonly signal?: AbortSignal },
): Promise<string> {
  const { id, progress, wasSeen, isOverdue } = unseen;
  if (progress) {
    const other = system.transport.redactor.text(progress.taskId ?? 'without an id');
    return wasSeen
      ? `The portal now shows another restore (${other}), so it can no longer be seen how ${id} ended.`
      : `The portal shows another restore (${other}) instead of ${id}.`;
  }
  if (!isOverdue) return `The portal does not show restore ${id} yet.`;
  const tenant = await tellTenantStatus(system, options);
  return `The portal shows no restore${wasSeen ? ' any more' : ''}, so it cannot be seen how ${id} ended. ${tenant}`;
}

async function tellTenantStatus(system: System, options: { readonly signal?: AbortSignal }): Promise<string> {
  try {
    const status = await readTenantStatus(system, options);
    if (status === RESTORING) {
      return `Its settings say that it is being restored (tenantStatus ${status}); if this does not change, the worker service has died.`;
    }
    if (status === ACTIVE) return 'Its settings say that it is active (tenantStatus 0).';
    return `Its settings say tenantStatus ${status ?? '(none)'}.`;
  } catch {
    options.signal?.throwIfAborted();
    return 'Its settings could not be read.';
  }
}
