import type { components } from '../../../generated/docspace.d.ts';
import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { DocSpaceBackup } from './archives.ts';
import { readDump, refuseBackupCall, refuseDumpCall } from './checks.ts';
import { failure, invalidModel, success } from './envelope.ts';
import { guid } from './ids.ts';
import type { Portal } from './portal.ts';
import { readObject, readStorageFields } from './request-body.ts';
import { isAtLeast } from './server-version.ts';

type Schemas = components['schemas'];

const BACKUP_MS = 10_000;
const NEVER = '0001-01-01T00:00:00';

interface Backup {
  readonly taskId: string;
  readonly startedAt: number;
  readonly storageType: number;
  readonly dump: boolean;
}

/** Making a backup, in brief, and the history. */
export function backupRoutes(portal: Portal): Route[] {
  const { clock, scenario } = portal;
  let current: Backup | undefined;
  let made = 0;

  const isDone = (backup: Backup): boolean => clock.now() - backup.startedAt >= BACKUP_MS;
  const statusOf = (backup: Backup): number => {
    if (isDone(backup)) return 2;
    return clock.now() === backup.startedAt ? 0 : 1;
  };
  const describe = (backup: Backup): Schemas['BackupProgress'] => ({
    isCompleted: isDone(backup),
    progress: Math.min(100, Math.floor((100 * (clock.now() - backup.startedAt)) / BACKUP_MS)),
    error: '',
    link: '',
    tenantId: portal.tenantId(),
    backupProgressEnum: 0,
    ...(isAtLeast(scenario, '3.7') ? { status: statusOf(backup) } : {}),
    taskId: backup.taskId,
  });
  /** The record is written at the next poll. */
  const settle = (): void => {
    if (!current || !isDone(current) || portal.backup(current.taskId)) return;
    const createdOn = new Date(current.startedAt + BACKUP_MS).toISOString().slice(0, 19);
    portal.addBackup({
      id: current.taskId,
      fileName: `${current.dump ? 'dump' : 'portal'}_${createdOn.replace('T', '_').replaceAll(':', '-')}.tar.gz`,
      storageType: current.storageType,
      createdOn,
      dump: current.dump,
    });
  };

  const start = ({ request, json }: Call): Answer => {
    settle();
    const dto = readStorageFields(readObject(json));
    if ('errors' in dto) return invalidModel(request, dto.errors);
    const refusal = refuseBackupCall(scenario, dto);
    if (refusal) return refusal;
    const folderId = dto.storageParams.find(({ key }) => key === 'folderId')?.value;
    if (dto.storageType === 0 && !/^\d+$/.test(String(folderId))) return failure(400, 'wrong folder type');
    if (!current || isDone(current)) {
      made += 1;
      current = {
        taskId: guid(0x7c9e6679, made),
        startedAt: clock.now(),
        storageType: dto.storageType,
        dump: dto.dump,
      };
    }
    return success(request, describe(current));
  };

  const progress = ({ request, url }: Call): Answer => {
    settle();
    const dump = readDump(url, scenario);
    const refusal = refuseDumpCall(dump, request, scenario);
    if (refusal) return refusal;
    const asked = current?.dump === (dump === true) ? current : undefined;
    return success(request, asked && describe(asked));
  };

  const history = ({ request, url }: Call): Answer => {
    settle();
    const dump = readDump(url, scenario);
    const refusal = refuseDumpCall(dump, request, scenario);
    if (refusal) return refusal;
    return success(request, portal.readHistory(dump === true).map(describeRecord));
  };

  const route = (method: string, name: string, operationId: string, handle: Route['handle']): Route => {
    return { operationId, method, path: `/api/2.0/backup/${name}`, role: 'other', handle };
  };
  return [
    route('POST', 'startbackup', 'startBackup', start),
    route('GET', 'getbackupprogress', 'getBackupProgress', progress),
    route('GET', 'getbackuphistory', 'getBackupHistory', history),
  ];
}

function describeRecord({ id, fileName, storageType, createdOn }: DocSpaceBackup): Schemas['BackupHistoryRecord'] {
  return { id, fileName, storageType, createdOn, expiresOn: NEVER };
}
