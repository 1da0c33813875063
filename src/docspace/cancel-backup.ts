import type { CallOptions } from '../client/client-options.ts';
import type { Subject } from '../client/operation-kind.ts';
import * as z from '../schema/schema.ts';
import { pollBackupProgress } from './backup-progress.ts';
import { checkShape } from './envelope.ts';
import type { BackupFacts } from './facts.ts';
import { isSameTask, readProgress } from './progress-record.ts';
import { request } from './traits.ts';
import { writeCall } from './write-call.ts';

/** When a cancellation was accepted, by the operation that it was requested with. */
const requestedAt = new WeakMap<Subject<BackupFacts>, number>();

export function cancelRequestedAt(subject: Subject<BackupFacts>): number | undefined {
  return requestedAt.get(subject);
}

/**
 * Cancels the backup if it is the one that the portal shows and it has not ended: the call cancels every backup of the
 * portal, so it must not hit another one.
 */
export async function cancelBackup(subject: Subject<BackupFacts>, options: CallOptions): Promise<boolean> {
  const { system, id, facts } = subject;
  const { body } = await pollBackupProgress(system, facts.dump === true, options);
  const progress = readProgress(body);
  if (!isSameTask(progress?.taskId, id) || progress?.isCompleted) return false;
  const content = await writeCall(system, request('post', '/api/2.0/backup/cancelbackup'), options);
  const isAccepted = checkShape('The answer', z.boolean(), content);
  if (isAccepted) requestedAt.set(subject, system.clock.now());
  return isAccepted;
}
