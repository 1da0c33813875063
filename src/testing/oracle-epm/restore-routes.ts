import type { components } from '../../../generated/oracle-epm.d.ts';
import type { Clock } from '../../clock/clock.ts';
import { jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin } from '../faults.ts';
import type { Call, Route } from '../route.ts';
import { detailsOf, errorAnswer, jobIdOf, type Link, link } from './answers.ts';
import { isKind } from './backups.ts';
import type { OracleEpmEnvironment, RestoreJob } from './environment.ts';
import type { OracleEpmEnding, OracleEpmScenario } from './scenario.ts';
import { readFlags, readStartRequest } from './start-request.ts';
import { stepsAt } from './steps.ts';

type JobBody = components['schemas']['RestoreEnvironmentJob'];

const PATH = '/interop/rest/v1/services/restoreenvironment';
const ALL_FLAGS = { usersAndPreDefinedRoles: true, dailyMaintenanceStartTime: true, storedSnapshotsAndFiles: true };
const WRONG_BACKUP = { status: 1, details: 'The backup does not exist or is not an environment backup' };
const TOO_OLD = { status: 1, details: 'The backup was made at another patch level and cannot be restored here' };

export function restoreRoutes(environment: OracleEpmEnvironment, scenario: OracleEpmScenario, clock: Clock): Route[] {
  const { start = {}, faults = {}, wrongBackup = 'positive-status', statusForm = 'integer' } = scenario;
  const prefix = scenario.gatewayPrefix ?? '';
  const form = (status: number) => (statusForm === 'string' ? String(status) : status);

  function handleStart(call: Call): Response {
    const request = readStartRequest(call);
    if (request instanceof Response) return request;
    const flags = readFlags(request.parameters, scenario.strictFlags ?? true);
    if (flags instanceof Response) return flags;

    if (environment.isRestoring && scenario.secondStart === 'positive-status') {
      return answerStart({ status: 1, details: 'A restore is in progress' });
    }
    if (start.atOnce && start.atOnce.status !== 0) return answerStart(start.atOnce);

    // Byte for byte: the server is given its own names back (OE-18).
    const listed = environment.backups.find(({ name }) => name === request.backupName);
    const backup = listed && isKind(listed.name, 'Environment_Backup') ? listed : undefined;
    if (!backup && wrongBackup === 'http-400') return errorAnswer(400, WRONG_BACKUP.details);
    if (!backup && wrongBackup === 'positive-status') return answerStart(WRONG_BACKUP);
    if (!backup) {
      const job = environment.startRestore({ name: request.backupName }, flags, { ending: WRONG_BACKUP });
      return answerStart({ status: -1, details: null }, linksTo(job, call));
    }
    if (start.atOnce) {
      environment.startRestore(backup, flags, { ending: start.atOnce, durationMs: 0 });
      return answerStart(start.atOnce);
    }
    const isRestorable = backup.restorable ?? true;
    const job = environment.startRestore(backup, flags, isRestorable ? {} : { ending: TOO_OLD, endAfterPolls: 2 });
    return answerStart({ status: -1, details: null }, linksTo(job, call));
  }

  function answerStart(told: OracleEpmEnding, links: Link[] | null = null): Response {
    const body: JobBody = {
      details: detailsOf(told),
      status: form(told.status),
      items: null,
      links,
      intermittentStatus: null,
    };
    const answer = jsonAnswer(body, { status: start.httpStatus ?? 200 });
    const isWithoutLink = told.status === -1 && ['self-only', 'none'].includes(start.links ?? '');
    return isWithoutLink ? deviating(answer, 'links: no Job Status') : answer;
  }

  function linksTo(job: RestoreJob, call: Call): Link[] | null {
    const base = `${start.hrefLead ?? ''}${start.hrefBase ?? call.url.origin + prefix}${PATH}`;
    const self = link('self', base, 'POST');
    const href = `${base}/status/${job.id}${start.hrefTail ?? ''}`;
    const status = link(start.rel ?? 'Job Status', href, start.action);
    switch (start.links ?? 'job-status') {
      case 'job-status':
        return [status];
      case 'self-first':
        return [self, status];
      case 'self-only':
        return [self];
      case 'none':
        return null;
    }
  }

  function handleStatus(call: Call): Response {
    const job = environment.restoreJobs.get(jobIdOf(call));
    if (!job) return errorAnswer(404, 'The job does not exist');
    environment.countPoll(job);
    const ending = environment.endingOf(job);
    if (ending && clock.now() - ending.at >= (faults.forgetJobAfterMs ?? Number.POSITIVE_INFINITY)) {
      return errorAnswer(404, 'The job does not exist');
    }
    const end = ending && (ending.status === 0 ? 'succeeded' : 'failed');
    const { status, ...rest }: JobBody = {
      details: ending ? detailsOf(ending) : '',
      status: form(ending?.status ?? -1),
      items: null,
      // Only the start answer carries the link (OE-3).
      links: null,
      ...stepsAt({ part: environment.partOf(job), end }, job.flags, scenario.steps),
    };
    const at = { elapsedMs: clock.now() - job.startedAt, polls: call.polls };
    const odd = faults.oddStatus?.find((window) => isWithin(window, at));
    if (!odd) return jsonAnswer({ ...rest, status });
    return deviating(jsonAnswer(odd.value === undefined ? rest : { ...rest, status: odd.value }), 'oddStatus');
  }

  /** The status of another job. It has no field that shows which job it belongs to. */
  function anotherStatus(): Response {
    const body: JobBody = {
      details: detailsOf({ status: 0 }),
      status: form(0),
      items: null,
      links: null,
      ...stepsAt({ part: 1, end: 'succeeded' }, ALL_FLAGS, scenario.steps),
    };
    return jsonAnswer(body);
  }

  const startRoute: Route = {
    operationId: 'startRestoreEnvironment',
    method: 'POST',
    path: prefix + PATH,
    role: 'start',
    handle: handleStart,
  };
  const statusRoute: Route = {
    operationId: 'getRestoreEnvironmentStatus',
    method: 'GET',
    path: `${prefix}${PATH}/status/{jobId}`,
    role: 'poll',
    handle: handleStatus,
    another: anotherStatus,
  };
  return faults.withoutRestore ? [statusRoute] : [startRoute, statusRoute];
}
