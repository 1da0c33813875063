import type { components } from '../../../generated/cloud-foundry.d.ts';
import { omitUndefined } from '../../values/omit-undefined.ts';
import { jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call, Route } from '../route.ts';
import { badQuery, bindingBusy, busy, resourceNotFound, unprocessable } from './errors.ts';
import type { Foundation, Job } from './foundation.ts';
import { type CloudFoundryInstance, isManaged } from './instances.ts';
import { readSource } from './restore-request.ts';

type Backup = components['schemas']['ServiceInstanceBackup'];

const INSTANCE = '/v3/service_instances/{service_instance_guid}';

/** The three calls that only Broadcom's product has. */
export function backupRoutes(foundation: Foundation): Route[] {
  const { scenario } = foundation;
  if (scenario.flavour === 'open-source') return [];

  function restore(call: Call, instance: CloudFoundryInstance): Response {
    const source = readSource(call, instance, foundation);
    if (source instanceof Response) return source;
    const refusal = refusalOf(instance);
    if (refusal) return refusal;
    return accept(call, foundation.startRestore(instance, source));
  }

  function createBackup(call: Call, instance: CloudFoundryInstance): Response {
    return refusalOf(instance) ?? accept(call, foundation.startBackup(instance));
  }

  /** One operation at a time runs on an instance and its bindings. */
  function refusalOf(instance: CloudFoundryInstance): Response | undefined {
    if (foundation.isBusy(instance)) return busy(scenario.busyAnswer ?? 'conflict', instance.name);
    const binding = instance.bindings?.find(({ isBusy }) => isBusy);
    return binding && bindingBusy(binding.app?.name ?? binding.guid, instance.name);
  }

  function listBackups(call: Call, instance: CloudFoundryInstance): Response {
    const unknown = [...call.url.searchParams.keys()].filter((name) => name !== 'limit');
    if (unknown.length > 0) return badQuery(`Unknown query parameter(s): '${unknown.join("', '")}'`);
    // Default, bounds and order are not documented: all of them, from one on, the newest first.
    const limit = call.url.searchParams.get('limit');
    if (limit !== null && !/^[1-9]\d*$/.test(limit)) return unprocessable('limit must be greater than 0');
    const unit = scenario.backupTimes === 'milliseconds' ? 1 : 1000;
    const backups = foundation
      .backupsOf(instance)
      .slice(0, limit === null ? undefined : Number(limit))
      // A number, other than all other times of this API (CF-10).
      .map(({ id, createdAt }): Backup => ({ id, created_at: Math.floor(Date.parse(createdAt) / unit) }));
    const body: components['schemas']['ServiceInstanceBackupList'] = { backups };
    return jsonAnswer(body);
  }

  function accept(call: Call, job: Job): Response {
    const location = locationOf(call, job);
    const answer = new Response(scenario.acceptedBody ?? null, {
      status: 202,
      headers: {
        // The documented samples say JSON over an empty body (CF-9).
        'content-type': 'application/json; charset=utf-8',
        ...(scenario.acceptedBody === undefined ? { 'content-length': '0' } : {}),
        ...omitUndefined({ location }),
      },
    });
    const isOdd = scenario.acceptedBody !== undefined || ['absent', 'other-path'].includes(scenario.location ?? '');
    return isOdd ? deviating(answer, 'location or acceptedBody of the scenario') : answer;
  }

  function locationOf(call: Call, job: Job): string | undefined {
    const path = `/v3/jobs/${job.guid}`;
    const absolute = (scenario.externalOrigin ?? call.url.origin) + path;
    switch (scenario.location ?? 'absolute') {
      case 'absolute':
        return absolute;
      case 'relative':
        return path;
      case 'with-query':
        return `${absolute}?via=gateway`;
      case 'other-path':
        return absolute.replace('/jobs/', '/tasks/');
      case 'absent':
        return undefined;
    }
  }

  const route = (
    operationId: string,
    method: string,
    path: string,
    role: Route['role'],
    handle: (call: Call, instance: CloudFoundryInstance) => Response,
  ): Route => ({
    operationId,
    method,
    path: INSTANCE + path,
    role,
    handle: (call) => {
      const instance = foundation.find(call.params.service_instance_guid);
      if (!instance) return resourceNotFound('Service instance');
      // Not documented; only managed instances have a broker that could make a backup.
      return isManaged(instance) ? handle(call, instance) : unprocessable('The service instance has no service broker');
    },
  });
  return [
    route('restoreServiceInstance', 'POST', '/actions/restore', 'start', restore),
    route('createServiceInstanceBackup', 'POST', '/backups', 'other', createBackup),
    route('listServiceInstanceBackups', 'GET', '/backups', 'other', listBackups),
  ];
}
