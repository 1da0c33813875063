import type { components } from '../../../generated/docspace.d.ts';
import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import type { Principal } from './accounts.ts';
import { readDump, refuseBackupCall, refuseDump } from './checks.ts';
import { failure, invalidModel, success } from './envelope.ts';
import { CLEAR_COOKIE } from './guard.ts';
import { guid } from './ids.ts';
import type { Job, JobView } from './job.ts';
import type { Portal } from './portal.ts';
import { describeProgress } from './progress.ts';
import { chooseSource, readRestoreRequest } from './restore-request.ts';
import { isAtLeast } from './server-version.ts';

/** Start and progress of a restore, each also under the `/portal/` alias that nginx maps. */
export function restoreRoutes(portal: Portal, principalOf: (request: Request) => Principal): Route[] {
  const { scenario } = portal;
  const seenCompleted = new Set<string>();

  const start = ({ request, json }: Call): Answer => {
    const dto = readRestoreRequest(json);
    if ('errors' in dto) return invalidModel(request, dto.errors);
    // Servers before 3.6 do not know the field.
    const dump = dto.dump && isAtLeast(scenario, '3.6');
    const refusal = refuseBackupCall(scenario, { dump });
    if (refusal) return refusal;
    if (scenario.hidesRestore && isAtLeast(scenario, '3.7')) return failure(403, 'Access denied');
    if (scenario.hidesRestore || scenario.plan === 'without-restore')
      return failure(402, 'Your pricing plan does not support this option');
    const found = chooseSource({ ...dto, dump }, portal);
    if (found instanceof Response) return found;
    const running = portal.running();
    if (running && scenario.faults?.errorWhileRunning) return failure(500, scenario.faults.errorWhileRunning);
    const job = running ?? portal.accept({ source: scenario.source ?? found, dump, notify: dto.notify });
    if (job.dump !== dump || scenario.faults?.startWithoutResponse) return success(request);
    return success(request, describeProgress(job, portal.view(job), scenario));
  };

  const progress = ({ request, url }: Call): Answer => {
    const asked = readDump(url, scenario);
    if (asked === 'invalid') return refuseDump(request);
    // Self-hosted servers have three states; others treat any value as false.
    const dump = scenario.edition === 'standalone' ? asked : false;
    // A stale cookie or token is accepted here; older servers delete the cookie (DS-30).
    const isStale = principalOf(request).kind === 'stale-session';
    const headers = isStale && !isAtLeast(scenario, '3.8') ? { 'set-cookie': CLEAR_COOKIE } : {};
    const job = portal.visible(dump);
    if (!job) return success(request, undefined, headers);
    return success(request, describeProgress(job, poll(job), scenario), headers);
  };

  const poll = (job: Job): JobView => {
    const view = portal.view(job);
    const late = scenario.faults?.lateStatus;
    if (!view.ended || !late || seenCompleted.has(job.taskId)) return view;
    seenCompleted.add(job.taskId);
    return { ...view, ...(late === true ? { status: 1 } : late) };
  };

  /** The record of another portal, for a proxy that mixes up answers. */
  const another = ({ request }: Call): Answer =>
    success(request, {
      isCompleted: true,
      progress: 100,
      error: '',
      tenantId: 12,
      backupProgressEnum: 1,
      ...(isAtLeast(scenario, '3.7') ? { status: 2 } : {}),
      taskId: guid(0x1b4e28ba, 1),
    } satisfies components['schemas']['BackupProgress']);

  const alias = { beyondSpec: 'nginx maps the /portal/ names of the web client to /backup/.' };
  return ['backup', 'portal'].flatMap((folder): Route[] => [
    {
      ...(folder === 'portal' ? alias : {}),
      operationId: 'startBackupRestore',
      method: 'POST',
      path: `/api/2.0/${folder}/startrestore`,
      role: 'start',
      handle: start,
    },
    {
      ...(folder === 'portal' ? alias : {}),
      operationId: 'getRestoreProgress',
      method: 'GET',
      path: `/api/2.0/${folder}/getrestoreprogress`,
      role: 'poll',
      handle: progress,
      another,
    },
  ]);
}
