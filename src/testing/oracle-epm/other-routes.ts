import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { errorAnswer, jobIdOf, link } from './answers.ts';
import { isKind, ordered } from './backups.ts';
import type { OracleEpmEnvironment } from './environment.ts';
import { JobAnswers } from './job-answers.ts';
import type { OracleEpmScenario } from './scenario.ts';
import { readStartRequest } from './start-request.ts';

type Schemas = components['schemas'];

const LIST = '/interop/rest/v2/backups/list';
const COPY = '/interop/rest/v2/backups/restore';
const COPY_STATUS = '/interop/rest/v2/status/jobs';
const SERVICES = '/interop/rest/v1/services';
const MAINTENANCE = '/interop/rest/v2/maintenance/getdailymaintenancestarttime';

/** The archive, copies out of it, and the maintenance window. */
export function otherRoutes(environment: OracleEpmEnvironment, scenario: OracleEpmScenario, clock: Clock): Route[] {
  const answers = new JobAnswers(environment, scenario, clock);
  const prefix = scenario.gatewayPrefix ?? '';
  const { hrefLead = '', hrefBase } = scenario.start ?? {};
  const copyStatusPath = scenario.copyStatus === 'copysnapshot' ? `${SERVICES}/LCM/copysnapshot` : COPY_STATUS;
  const href = (call: Call, path: string) => `${hrefLead}${hrefBase ?? call.url.origin + prefix}${path}`;

  function listBackups(call: Call): Response {
    const body: Schemas['BackupList'] = {
      details: null,
      status: 0,
      items: ordered(environment.backups, scenario.listOrder).map(({ name }) => name),
      links: [link('self', href(call, LIST))],
    };
    return jsonAnswer(body);
  }

  /** Adds a file to the environment; the application stays as it is (OE-17). */
  function copyBackup(call: Call): Response {
    const request = readStartRequest(call);
    if (request instanceof Response) return request;
    const { backupName, parameters } = request;
    const isListed = environment.backups.some(({ name }) => name === backupName);
    if (!isListed || !isKind(backupName, 'Artifact_Snapshot')) {
      const refusal: Schemas['Job'] = { details: 'The backup is not a snapshot', status: 1, items: null, links: null };
      return jsonAnswer(refusal);
    }
    // Two official texts contradict each other on the default name.
    const byDefault =
      scenario.copyName === 'underscore'
        ? backupName.replace('/', '_')
        : `${new Date(clock.now()).toISOString().slice(0, 19)}_Artifact_Snapshot.zip`;
    const { targetName } = parameters;
    const job = environment.startCopy(typeof targetName === 'string' && targetName !== '' ? targetName : byDefault);
    const body: Schemas['Job'] = {
      details: null,
      status: -1,
      items: null,
      links: [
        link('self', href(call, COPY), 'POST'),
        link('Job Status', href(call, `${copyStatusPath}/${job.id}${scenario.start?.hrefTail ?? ''}`)),
      ],
    };
    return jsonAnswer(body);
  }

  function copyStatus(call: Call): Response {
    const other = environment.jobs.get(jobIdOf(call));
    if (other) return answers.status(other);
    const job = environment.copyJobs.get(jobIdOf(call));
    if (!job) return errorAnswer(404, 'The job does not exist');
    const body: Schemas['Job'] = {
      details: null,
      status: clock.now() >= job.endsAt ? 0 : -1,
      items: null,
      links: null,
    };
    return jsonAnswer(body);
  }

  function maintenanceTime(call: Call): Response {
    const withZone = call.url.searchParams.get('showTimeZone') === 'true';
    const body: Schemas['DailyMaintenance'] = {
      details: null,
      status: 0,
      items: [
        {
          buildVersion: '26.04.40',
          amwTime: environment.state.maintenanceStartTime,
          ...(withZone ? { timeZone: 'Etc/UTC' } : {}),
        },
      ],
      links: [link('self', href(call, MAINTENANCE))],
    };
    return jsonAnswer(body);
  }

  const route = (operationId: string, method: string, path: string, handle: Route['handle']): Route => {
    return { operationId, method, path: prefix + path, role: 'other', handle };
  };
  return [
    route('listBackups', 'GET', LIST, listBackups),
    route('copyBackup', 'POST', COPY, copyBackup),
    route('getJobStatus', 'GET', `${COPY_STATUS}/{jobId}`, copyStatus),
    route('getCopySnapshotStatus', 'GET', `${SERVICES}/{type}/copysnapshot/{jobId}`, copyStatus),
    route('getDailyMaintenanceStartTime', 'GET', MAINTENANCE, maintenanceTime),
  ];
}
