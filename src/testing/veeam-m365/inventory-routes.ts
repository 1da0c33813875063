import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { type Linker, linker } from './links.ts';
import { query } from './paging.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { type EmulatedJob, organizationId, organizationName, type RestorePoint, repositoryId } from './tenant.ts';
import type { Job, Organization, RestorePointBody, ServiceInstance } from './wire.ts';
import { veeamTime } from './wire-time.ts';

const DAY_MS = 86_400_000;

/** What there is to restore from: organizations, jobs, and in v6 restore points. All lists are bare arrays (VM-22). */
export function inventoryRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const { tenant, scenario } = server;
  const link = (call: Call) => linker(version, call.url, scenario);
  const get = (operationId: string, path: string, handle: Route['handle']): Route => ({
    operationId,
    method: 'GET',
    path: `/${version}${path}`,
    anyCase: true,
    role: 'other',
    handle,
  });
  const routes = [
    get('getServiceInstance', '/ServiceInstance', () =>
      jsonAnswer({
        installationId: '5d1c9b0e-6c0a-4f6c-8a86-0c2d3b1f7e55',
        version: '6.0.0.367',
      } satisfies ServiceInstance),
    ),
    get('listOrganizations', '/Organizations', (call) => jsonAnswer([organizationBody(server, version, link(call))])),
    get('getOrganization', '/Organizations/{organizationId}', (call) =>
      isOrganization(call.params.organizationId)
        ? jsonAnswer(organizationBody(server, version, link(call)))
        : server.notFound('organization'),
    ),
    get('listJobs', '/Jobs', (call) => jsonAnswer(tenant.jobs.map((job) => jobBody(server, job, link(call))))),
    get('getJob', '/Jobs/{jobId}', (call) => {
      const job = findJob(server, call.params.jobId);
      return job ? jsonAnswer(jobBody(server, job, link(call))) : server.notFound('job');
    }),
  ];
  if (version === 'v5') return routes;
  return [
    ...routes,
    get('listRestorePoints', '/RestorePoints', (call) =>
      jsonAnswer(tenant.restorePoints.filter((point) => isAskedFor(point, call)).map(restorePointBody)),
    ),
  ];
}

export function isOrganization(id: string | undefined): boolean {
  return id?.toLowerCase() === organizationId;
}

export function findJob(server: VeeamServer, id: string | undefined): EmulatedJob | undefined {
  return server.tenant.jobs.find((job) => job.id === id?.toLowerCase());
}

/** The casing of the last three fields is the vendor's (VM-10); the times are absent before the first backup. */
function organizationBody({ tenant }: VeeamServer, version: VeeamVersion, link: Linker) {
  const [first, last] = [tenant.restorePoints.at(0), tenant.restorePoints.at(-1)];
  return {
    id: organizationId,
    name: organizationName,
    officeName: organizationName,
    type: 'Office365',
    region: 'Worldwide',
    isExchangeOnline: true,
    isSharePointOnline: true,
    ...(version === 'v6' && { isTeamsOnline: true }),
    _links: {
      self: { href: link(`/Organizations/${organizationId}`) },
      jobs: { href: link(`/Organizations/${organizationId}/Jobs`) },
    },
    isBackedup: first !== undefined,
    ...(first && { firstBackuptime: veeamTime(first.at) }),
    ...(last && { lastBackuptime: veeamTime(last.at) }),
  } satisfies Organization;
}

function jobBody({ tenant }: VeeamServer, { id, name, backupType }: EmulatedJob, link: Linker) {
  const last = tenant.restorePoints.findLast((point) => point.job.id === id);
  return {
    id,
    name,
    backupType,
    repositoryId,
    ...(last && { lastRun: veeamTime(last.at), nextRun: veeamTime(last.at + DAY_MS) }),
    isEnabled: true,
    lastStatus: last ? 'Success' : 'Stopped',
    _links: {
      self: { href: link(`/Jobs/${id}`) },
      organization: { href: link(`/Organizations/${organizationId}`) },
    },
  } satisfies Job;
}

function restorePointBody({ id, at, job }: RestorePoint) {
  return {
    id,
    backupTime: veeamTime(at),
    jobId: job.id,
    organizationId,
    repositoryId,
    isExchange: true,
    isSharePoint: true,
    isOneDrive: true,
    isTeams: true,
    isLongTermCopy: false,
    isRetrieved: false,
  } satisfies RestorePointBody;
}

function isAskedFor(point: RestorePoint, call: Call): boolean {
  const facts = {
    organizationId,
    jobId: point.job.id,
    repositoryId,
    backupTime: veeamTime(point.at),
    isLongTermCopy: 'false',
    isRetrieved: 'false',
  };
  return Object.entries(facts).every(([name, fact]) => {
    const wanted = query(call, name);
    return wanted === undefined || wanted.toLowerCase() === fact.toLowerCase();
  });
}
