import type { OperationKind } from '../client/operation-kind.ts';
import type { System } from '../client/system.ts';
import { type BackupOperation, PortalBackup } from './backup.ts';
import { backupProgressRequest, readBackups } from './backup-progress.ts';
import type { BackupResult } from './backup-result.ts';
import { takeBaseline } from './baseline.ts';
import { type BackupFacts, BackupFactsSchema } from './facts.ts';
import { followBackup } from './follow-backup.ts';
import { investigateByProgress, type JobSource } from './investigate.ts';
import { isSameTask, readProgress } from './progress-record.ts';

const HOUR_MS = 3_600_000;

const SOURCE: JobSource = {
  job: 'backup',
  read: readBackups,
  advice:
    'Check docspace.backups.progress() and docspace.backups.list() before anyone starts again. If a backup shows there, docspace.backups.attach({ id: taskId }) follows it.',
};

/** A backup of the portal or of the whole server. */
export const backupKind: OperationKind<BackupFacts, BackupResult, System, BackupOperation> = {
  kind: 'docspace/backup',
  facts: BackupFactsSchema,
  statusRequest: ({ facts }) => backupProgressRequest(facts.dump === true),
  isOwn: (body, { id }) => isSameTask(readProgress(body)?.taskId, id),
  decide: (_, subject) => followBackup(subject),
  extend: (operation, subject) => new PortalBackup(operation, subject),
  // The portal is not replaced by a backup, so a refusal is one. A portal that a restore has locked is an outage.
  failedPolls: { unauthorized: 'refused', forbidden: 'refused', notFound: 'outage', unprovenCredentialEndsWait: true },
  // No duration is documented; the record of a backup is kept for about 24 h.
  timeoutMs: 24 * HOUR_MS,
  outageToleranceMs: HOUR_MS / 2,
  timeoutAdvice: 'The backup goes on at the portal. `cancel()` asks the portal to stop it.',
  factsOfTarget: () => ({}),
  takeBaseline: (system, facts, options) => takeBaseline(readBackups, system, facts.dump, options),
  investigate: (system, lost, options) => investigateByProgress(SOURCE, system, lost, options),
};
