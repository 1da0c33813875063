import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { type Linker, linker } from './links.ts';
import { pageAnswer, query } from './paging.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { SessionType } from './sessions.ts';
import {
  type EmulatedJob,
  organizationId,
  organizationName,
  type RestorePoint,
  repositoryId,
  tenantId,
} from './tenant.ts';
import { isSince, traitsOf } from './versions.ts';
import type { Job, License, Organization, OwnOrganization, RestorePointBody, ServiceInstance } from './wire.ts';
import { parseVeeamTime, veeamTime } from './wire-time.ts';

const DAY_MS = 86_400_000;

/** The names that the organization has elsewhere. */
const toMicrosoft = { msid: tenantId, backedUpOrganizationId: organizationId };

/** What there is to restore from: organizations, jobs, and since v6 restore points (VM-22). */
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
  /** A page, or the bare array of older versions. */
  const listAnswer = <Item>(call: Call, path: string, items: readonly Item[], toBody: (item: Item) => object) =>
    traitsOf[version].hasPagedLists
      ? pageAnswer(server, version, call, { path, items, toBody })
      : jsonAnswer(items.map(toBody));
  const routes = [
    get('getServiceInstance', '/ServiceInstance', () =>
      jsonAnswer({
        installationId: '5d1c9b0e-6c0a-4f6c-8a86-0c2d3b1f7e55',
        version: traitsOf[version].product,
      } satisfies ServiceInstance),
    ),
    get('getLicense', '/License', () =>
      jsonAnswer({
        status: scenario.licence ?? 'Valid',
        type: 'Subscription',
        licensedTo: 'ABC',
        totalNumber: 100,
        usedNumber: 42,
      } satisfies License),
    ),
    get('getOwnOrganization', '/Organization', () => jsonAnswer(ownOrganizationBody(server))),
    get('listOrganizations', '/Organizations', (call) => {
      const { msid, backedUpOrganizationId } = toMicrosoft;
      const isAsked = [query(call, 'msid') ?? msid, query(call, 'backedUpOrganizationId') ?? backedUpOrganizationId];
      const items =
        version !== 'v8' || isAsked.join() === [msid, backedUpOrganizationId].join() ? [organizationId] : [];
      return listAnswer(call, '/Organizations', items, () => organizationBody(server, version, link(call)));
    }),
    get('getOrganization', '/Organizations/{organizationId}', (call) =>
      isOrganization(call.params.organizationId)
        ? jsonAnswer(organizationBody(server, version, link(call)))
        : server.notFound('organization'),
    ),
    get('listJobs', '/Jobs', (call) => {
      const organization = version === 'v8' ? query(call, 'organizationId') : undefined;
      const repository = version === 'v8' ? query(call, 'repositoryId') : undefined;
      const isAsked = isOrganization(organization ?? organizationId) && (repository ?? repositoryId) === repositoryId;
      return listAnswer(call, '/Jobs', isAsked ? tenant.jobs : [], (job) => jobBody(server, version, job, link(call)));
    }),
    ...(version === 'v8'
      ? []
      : [
          get('listOrganizationJobs', '/Organizations/{organizationId}/Jobs', (call) =>
            isOrganization(call.params.organizationId)
              ? jsonAnswer(tenant.jobs.map((job) => jobBody(server, version, job, link(call))))
              : server.notFound('organization'),
          ),
        ]),
    get('getJob', '/Jobs/{jobId}', (call) => {
      const job = findJob(server, call.params.jobId);
      return job ? jsonAnswer(jobBody(server, version, job, link(call))) : server.notFound('job');
    }),
  ];
  if (version === 'v5') return routes;
  return [
    ...routes,
    get('listRestorePoints', '/RestorePoints', (call) => {
      const points = tenant.restorePoints.filter((point) => isAskedFor(point, version, call));
      const toBody = (point: RestorePoint) => restorePointBody(server, version, point);
      if (!traitsOf[version].hasPagedRestorePoints) return jsonAnswer(points.map(toBody));
      const items = query(call, 'orderAsc')?.toLowerCase() === 'true' ? points : [...points].reverse();
      return pageAnswer(server, version, call, { path: '/RestorePoints', items, toBody });
    }),
  ];
}

/** Whether backups hold a product. */
function holds({ scenario }: VeeamServer, type: SessionType): boolean {
  return scenario.workloads?.includes(type) ?? true;
}

export function isOrganization(id: string | undefined): boolean {
  return id?.toLowerCase() === organizationId;
}

export function findJob(server: VeeamServer, id: string | undefined): EmulatedJob | undefined {
  return server.tenant.jobs.find((job) => job.id === id?.toLowerCase());
}

/** The casing of the last three fields is the vendor's (VM-10); the times are absent before the first backup. */
function organizationBody(server: VeeamServer, version: VeeamVersion, link: Linker) {
  const { tenant } = server;
  const [first, last] = [tenant.restorePoints.at(0), tenant.restorePoints.at(-1)];
  return {
    id: organizationId,
    name: organizationName,
    officeName: organizationName,
    type: 'Office365',
    region: 'Worldwide',
    isExchangeOnline: holds(server, 'Vex'),
    isSharePointOnline: holds(server, 'Vesp') || holds(server, 'Veod'),
    ...(version !== 'v5' && { isTeamsOnline: holds(server, 'Vet') }),
    ...(version === 'v8' && { ...toMicrosoft, description: null }),
    _links: {
      self: { href: link(`/Organizations/${organizationId}`) },
      jobs: { href: link(`/Organizations/${organizationId}/Jobs`) },
    },
    isBackedup: first !== undefined,
    ...(first && { firstBackuptime: veeamTime(first.at) }),
    ...(last && { lastBackuptime: veeamTime(last.at) }),
  } satisfies Organization;
}

function ownOrganizationBody({ tenant }: VeeamServer) {
  const [first, last] = [tenant.restorePoints.at(0), tenant.restorePoints.at(-1)];
  return {
    id: organizationId,
    name: organizationName,
    type: 'Office365',
    isBackedup: first !== undefined,
    ...(first && { firstBackuptime: veeamTime(first.at) }),
    ...(last && { lastBackuptime: veeamTime(last.at) }),
  } satisfies OwnOrganization;
}

function jobBody({ tenant }: VeeamServer, version: VeeamVersion, job: EmulatedJob, link: Linker) {
  const { id, name, backupType } = job;
  const last = tenant.restorePoints.findLast((point) => point.job.id === id);
  return {
    id,
    name,
    backupType,
    repositoryId,
    ...(last && { lastRun: veeamTime(last.at), nextRun: veeamTime(last.at + DAY_MS) }),
    ...(last && isSince(version, 'v7') && { lastBackup: veeamTime(last.at) }),
    ...(version === 'v8' && { organizationId, eTag: 1 }),
    isEnabled: true,
    lastStatus: last ? 'Success' : 'Stopped',
    _links: {
      self: { href: link(`/Jobs/${id}`) },
      organization: { href: link(`/Organizations/${organizationId}`) },
    },
  } satisfies Job;
}

function restorePointBody(server: VeeamServer, version: VeeamVersion, { id, at, job }: RestorePoint) {
  return {
    id,
    backupTime: veeamTime(at),
    jobId: job.id,
    organizationId,
    repositoryId,
    isExchange: holds(server, 'Vex'),
    isSharePoint: holds(server, 'Vesp'),
    isOneDrive: holds(server, 'Veod'),
    isTeams: holds(server, 'Vet'),
    isLongTermCopy: false,
    isRetrieved: false,
    ...(isSince(version, 'v7') && { isCopy: false, isDeleted: false }),
    ...(version === 'v8' && { eTag: 1, immutabilityExpiresOn: null }),
  } satisfies RestorePointBody;
}

function isAskedFor(point: RestorePoint, version: VeeamVersion, call: Call): boolean {
  const facts = {
    organizationId,
    jobId: point.job.id,
    repositoryId,
    isLongTermCopy: 'false',
    isRetrieved: 'false',
  };
  const [from, to] = version === 'v6' ? ['backupTime', ''] : ['from', 'to'];
  const moment = (name: string) => parseVeeamTime(query(call, name) ?? '', 0);
  if (point.at < (moment(from) ?? point.at) || point.at > (moment(to) ?? point.at)) return false;
  return Object.entries(facts).every(([name, fact]) => {
    const wanted = query(call, name);
    return wanted === undefined || wanted.toLowerCase() === fact.toLowerCase();
  });
}
