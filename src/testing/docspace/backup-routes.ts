import type { components } from '../../../generated/docspace.d.ts';
import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { type DocSpaceBackup, toGuid } from './archives.ts';
import { createBackupJobs } from './backup-jobs.ts';
import { refuseTarget } from './backup-target.ts';
import { readDump, refuseBackupCall, refuseDumpCall } from './checks.ts';
import { failure, invalidModel, shortCircuit, success } from './envelope.ts';
import type { Portal } from './portal.ts';
import { readObject, readStorageFields, wrongType } from './request-body.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { isAtLeast } from './server-version.ts';

type Schemas = components['schemas'];

const NEVER = '0001-01-01T00:00:00';

/** Backups: making them, the history, the schedule, and how many there were. */
export function backupRoutes(portal: Portal): Route[] {
  const { scenario } = portal;
  const jobs = createBackupJobs(portal);

  const start = ({ request, json }: Call): Answer => {
    jobs.settle();
    const dto = readStorageFields(readObject(json));
    if ('errors' in dto) return invalidModel(request, dto.errors);
    const refused = refuseBackupCall(scenario, dto) ?? refuseTarget(dto, portal);
    if (refused) return refused;
    if (scenario.plan === 'without-restore') {
      return failure(402, 'The number of free backups should not exceed 0 within a month');
    }
    return success(request, jobs.describe(jobs.start(dto)));
  };

  const cancel = ({ request }: Call): Answer => {
    const refused = refuseBackupCall(scenario, { dump: false });
    if (refused) return refused;
    return isAtLeast(scenario, '3.6') ? success(request, jobs.cancel()) : shortCircuit(404);
  };

  /** A call in which `Dump` has two states. */
  const withDump =
    (handle: (call: Call, dump: boolean) => Answer) =>
    (call: Call): Answer => {
      jobs.settle();
      const dump = readDump(call.url, scenario);
      return refuseDumpCall(dump, call.request, scenario) ?? handle(call, dump === true);
    };

  const progress = withDump(({ request }, dump) => {
    const job = jobs.visible(dump);
    return success(request, job && jobs.describe(job));
  });

  const history = withDump(({ request }, dump) => success(request, portal.readHistory(dump).map(describeRecord)));

  const remove = ({ request, params }: Call): Answer => {
    jobs.settle();
    const id = toGuid(params.id ?? '');
    if (id === undefined) return shortCircuit(404);
    const refused = refuseBackupCall(scenario, { dump: portal.backup(id)?.dump ?? false });
    if (refused) return refused;
    if (!portal.backup(id)) return failure(500, 'Object reference not set to an instance of an object.');
    if (scenario.faults?.archiveStays) {
      portal.removeBackup(id);
      return failure(500, 'The process cannot access the file because it is being used by another process.');
    }
    // The answer is true even where nothing is deleted (DS-31).
    if (!scenario.undeletable?.includes(id)) portal.removeBackup(id);
    return success(request, true);
  };

  const removeAll = withDump(({ request }, dump) => {
    for (const { id } of portal.readHistory(dump)) if (!scenario.undeletable?.includes(id)) portal.removeBackup(id);
    return success(request, true);
  });

  const countOf = (url: URL): { readonly free: number; readonly paid: number } | Response => {
    const refused = refuseBackupCall(scenario, { dump: false });
    if (refused) return refused;
    const now = new Date(portal.clock.now());
    const monthBegins = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
    const from = readTime(url, 'from') ?? monthBegins;
    const to = readTime(url, 'to') ?? now.getTime() + 1_000;
    if (Number.isNaN(from) || Number.isNaN(to)) {
      return invalidModel(new Request(url), { from: ['The value is not valid.'] });
    }
    if (from > to) return failure(400, 'From date must be less than to date');
    const all = portal.everyBackup().filter(({ createdOn }) => {
      const at = Date.parse(`${createdOn}Z`);
      return at >= from && at <= to;
    });
    const paid = Math.min(all.length, scenario.paidBackups ?? 0);
    return { free: all.length - paid, paid };
  };

  const count = ({ request, url }: Call): Answer => {
    jobs.settle();
    const counts = countOf(url);
    if (counts instanceof Response) return counts;
    const paid = url.searchParams.get('paid')?.toLowerCase() ?? 'false';
    if (paid !== 'true' && paid !== 'false') return invalidModel(request, wrongType('paid').errors);
    return success(request, paid === 'true' ? counts.paid : counts.free);
  };

  const counts = ({ request, url }: Call): Answer => {
    jobs.settle();
    if (!isAtLeast(scenario, '3.8')) return shortCircuit(404);
    const both = countOf(url);
    return both instanceof Response ? both : success(request, both);
  };

  const serviceState = ({ request }: Call): Answer =>
    refuseBackupCall(scenario, { dump: false }) ?? success(request, { enabled: scenario.paidBackups !== undefined });

  const route = (method: string, name: string, operationId: string, handle: Route['handle']): Route => {
    return { operationId, method, path: `/api/2.0/backup/${name}`, role: 'other', handle };
  };
  return [
    route('POST', 'startbackup', 'startBackup', start),
    route('POST', 'cancelbackup', 'cancelBackup', cancel),
    route('GET', 'getbackupprogress', 'getBackupProgress', progress),
    route('GET', 'getbackuphistory', 'getBackupHistory', history),
    route('DELETE', 'deletebackup/{id}', 'deleteBackup', remove),
    route('DELETE', 'deletebackuphistory', 'deleteBackupHistory', removeAll),
    route('GET', 'getbackupscount', 'getBackupsCount', count),
    route('GET', 'getbackupscountbypaid', 'getBackupsCounts', counts),
    route('GET', 'getservicestate', 'getBackupsServiceState', serviceState),
    ...scheduleRoutes(portal).map(([method, name, operationId, handle]) => route(method, name, operationId, handle)),
  ];
}

function describeRecord({
  id,
  fileName,
  storageType,
  createdOn,
  expiresOn = NEVER,
}: DocSpaceBackup): Schemas['BackupHistoryRecord'] {
  return { id, fileName, storageType, createdOn, expiresOn };
}

function readTime(url: URL, name: string): number | undefined {
  const text = url.searchParams.get(name);
  return text === null ? undefined : Date.parse(text);
}
