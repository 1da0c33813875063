import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { htmlAnswer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { errorAnswer, jobIdOf, link } from './answers.ts';
import { isKind } from './backups.ts';
import type { EpmJob, OracleEpmEnvironment } from './environment.ts';
import { JobAnswers, type JobBody, readTexts } from './job-answers.ts';
import type { OracleEpmScenario } from './scenario.ts';

type Messages = components['schemas']['MigrationMessages'];

const MIGRATION = '/interop/rest/v2/status/migration';
const CLONE = '/interop/rest/v1/services/clone';
const MAINTENANCE = '/interop/rest/v2/maintenance';
const VERSION_MESSAGE = {
  artifact: '/Global Artifacts',
  msgCategory: 'Error',
  msgText: 'EPMLCM-26000: The snapshot is not compatible with this version',
};

/** Snapshots and what is done with them, clones, and the daily maintenance. */
export function snapshotRoutes(environment: OracleEpmEnvironment, scenario: OracleEpmScenario, clock: Clock): Route[] {
  const answers = new JobAnswers(environment, scenario, clock);
  const { messages = [VERSION_MESSAGE], pageSize = 25, details = 'answered' } = scenario.job ?? {};

  function exportSnapshot(call: Call): Response {
    const request = readTexts(call, 'snapshotName');
    if (request instanceof Response) return request;
    if (environment.nameOf(request.snapshotName) === undefined) return answers.refused('The snapshot does not exist');
    return answers.started(call, '/interop/rest/v2/snapshots/export', `${MIGRATION}/${environment.startJob().id}`);
  }

  function importSnapshot(call: Call): Response {
    const request = readTexts(call, 'snapshotName');
    if (request instanceof Response) return request;
    const name = environment.nameOf(request.snapshotName);
    if (name === undefined) return answers.refused('The snapshot does not exist');
    const job = environment.startJob((before) => ({ ...before, application: 'imported', contents: name }), {
      isRestore: true,
    });
    return answers.started(call, '/interop/rest/v2/snapshots/import', `${MIGRATION}/${job.id}`);
  }

  function renameSnapshot(call: Call): Response {
    const request = readTexts(call, 'snapshotName', 'newSnapshotName');
    if (request instanceof Response) return request;
    const { snapshotName, newSnapshotName } = request;
    if (!environment.names.includes(snapshotName)) return answers.refused('The snapshot does not exist');
    if (environment.names.includes(newSnapshotName)) return answers.refused('The name is taken');
    environment.put(newSnapshotName, environment.contentOf(snapshotName));
    environment.remove(snapshotName);
    environment.change((before) => ({ ...before, files: [...before.files, newSnapshotName] }));
    return answers.done(call, '/interop/rest/v2/snapshots/rename');
  }

  function copyFromInstance(call: Call): Response {
    const request = readTexts(call, 'snapshotName', 'userName', 'fpwd', 'sourceURL');
    if (request instanceof Response) return request;
    const { snapshotName, fpwd, sourceURL } = request;
    if (!/^[\w+/]+=*$/.test(fpwd)) return errorAnswer(400, 'fpwd is no Base64');
    if (!URL.canParse(sourceURL) && !sourceURL.includes('<')) return errorAnswer(400, 'sourceURL is no URL');
    const job = environment.startJob((before) => {
      return { ...before, files: [...before.files.filter((name) => name !== snapshotName), snapshotName] };
    });
    return answers.started(
      call,
      '/interop/rest/v2/snapshots/copyfrominstance',
      `/interop/rest/v2/status/jobs/${job.id}`,
    );
  }

  function recreate(call: Call): Response {
    const request = readTexts(call);
    if (request instanceof Response) return request;
    const isAll = String(request.parameters.removeAll) === 'true';
    const job = environment.startJob(
      (before) => ({ ...before, application: 'deleted', contents: 'nothing', files: isAll ? [] : before.files }),
      { isRestore: true },
    );
    return answers.started(call, '/interop/rest/v2/config/services/recreate', `/interop/rest/v2/status/jobs/${job.id}`);
  }

  function clone(call: Call): Response {
    const request = readTexts(call, 'targetURL', 'targetUsername', 'targetEncryptPassword');
    if (request instanceof Response) return request;
    const { targetURL, parameters } = request;
    const odd = Object.entries(parameters).filter(
      ([name, value]) => !['environmentBackup', 'snapshotName'].includes(name) && value !== 'True' && value !== 'False',
    );
    if (odd.length > 0) return errorAnswer(400, `Invalid value of ${odd.map(([name]) => name).join(', ')}`);
    const { environmentBackup } = parameters;
    const isKnown = environment.backups.some(
      ({ name }) => name === environmentBackup && isKind(name, 'Environment_Backup'),
    );
    if (environmentBackup !== undefined && !isKnown) return answers.refused('The backup is not an environment backup');
    const job = environment.startJob((before) => ({ ...before, clonedTo: [...before.clonedTo, targetURL] }), {
      isRestore: true,
    });
    return answers.started(call, CLONE, `${CLONE}/status/${job.id}`);
  }

  /** A failure says nothing in `details`; the reason is behind the links of the tasks. */
  function tasksOf(call: Call) {
    return ({ id, ending }: EpmJob): Partial<JobBody> => {
      if (ending === 'never' || ending.status === 0) return {};
      const named = details === 'of-another-job' ? `${id}9` : id;
      const href = `${MIGRATION}/${named}/0/details?limit=${pageSize}&offset=0&msgtype=error`;
      const items = [
        { source: '/HP-Vision', destination: 'Vision', links: [link('Job Details', answers.href(call, href))] },
      ];
      return { items };
    };
  }

  function migrationDetails(call: Call): Response {
    if (details === 'unavailable') return htmlAnswer('Service Unavailable', 503);
    if (!environment.jobs.has(jobIdOf(call))) return errorAnswer(404, 'The job does not exist');
    const at = (offset: number) => {
      const path = `${MIGRATION}/${jobIdOf(call)}/${call.params.task}/details`;
      return answers.href(call, `${path}?limit=${pageSize}&offset=${offset}&msgtype=error`);
    };
    const offset = Number(call.url.searchParams.get('offset') ?? 0) || 0;
    const page = messages.slice(offset, offset + pageSize);
    const hasMore = offset + pageSize < messages.length;
    const body: Messages = {
      details: null,
      status: 0,
      items: page.map(({ artifact = null, msgCategory = 'Error', msgText }) => ({ artifact, msgCategory, msgText })),
      links: [link('self', at(offset)), ...(hasMore ? [link('next', at(offset + pageSize))] : [])],
    };
    return jsonAnswer(body);
  }

  function setMaintenance(call: Call): Response {
    const request = readTexts(call, 'startTime');
    if (request instanceof Response) return request;
    const [, time] = /^((?:[01]\d|2[0-3]):00)(?: \S.*)?$/.exec(request.startTime) ?? [];
    if (time === undefined) return errorAnswer(400, 'startTime is no full hour');
    environment.change((before) => ({ ...before, maintenanceStartTime: time }));
    return answers.done(call, `${MAINTENANCE}/setdailymaintenancestarttime`);
  }

  function runMaintenance(call: Call): Response {
    const request = readTexts(call, 'skipNext');
    if (request instanceof Response) return request;
    const { skipNext } = request;
    if (skipNext !== 'true' && skipNext !== 'false') return errorAnswer(400, 'Invalid value of skipNext');
    const job = environment.startJob((before) => {
      return { ...before, maintenanceRuns: before.maintenanceRuns + 1, skipsNextMaintenance: skipNext === 'true' };
    });
    const status = `/interop/rest/v2/status/service/maintenancewindow/${job.id}`;
    return answers.started(call, `${MAINTENANCE}/rundailymaintenance`, status);
  }

  const { route } = answers;
  const own = route.bind(answers);
  return [
    own('exportSnapshot', 'POST', '/interop/rest/v2/snapshots/export', exportSnapshot),
    own('importSnapshot', 'POST', '/interop/rest/v2/snapshots/import', importSnapshot, 'start'),
    own('renameSnapshot', 'PUT', '/interop/rest/v2/snapshots/rename', renameSnapshot),
    own('copySnapshotFromInstance', 'POST', '/interop/rest/v2/snapshots/copyfrominstance', copyFromInstance),
    own('recreateService', 'POST', '/interop/rest/v2/config/services/recreate', recreate, 'start'),
    own('cloneEnvironment', 'POST', CLONE, clone, 'start'),
    answers.statusRoute('getCloneStatus', `${CLONE}/status/{jobId}`),
    own(
      'getMigrationStatus',
      'GET',
      `${MIGRATION}/{jobId}`,
      (call) => answers.status(environment.jobs.get(jobIdOf(call)), tasksOf(call)),
      'poll',
    ),
    own('getMigrationDetails', 'GET', `${MIGRATION}/{jobId}/{task}/details`, migrationDetails),
    own('setDailyMaintenanceStartTime', 'PUT', `${MAINTENANCE}/setdailymaintenancestarttime`, setMaintenance),
    own('runDailyMaintenance', 'POST', `${MAINTENANCE}/rundailymaintenance`, runMaintenance),
    answers.statusRoute('getMaintenanceStatus', '/interop/rest/v2/status/service/maintenancewindow/{jobId}'),
  ];
}
