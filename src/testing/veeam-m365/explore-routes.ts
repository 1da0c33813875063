import { type Answer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call, Route } from '../route.ts';
import { type ExploreRequest, readExplore } from './explore-request.ts';
import { findJob, isOrganization } from './inventory-routes.ts';
import { linker } from './links.ts';
import { query } from './paging.ts';
import { readAction, readObject } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { sessionBody } from './session-body.ts';
import { dataRetrievalId, type EmulatedJob, repositoryId } from './tenant.ts';
import { isSince, traitsOf } from './versions.ts';

/** Opening a session. It restores nothing (VM-1). */
export function exploreRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const start = (
    operationId: string,
    path: string,
    open: (call: Call) => Answer,
    last = version === 'v5' ? 'action' : 'explore',
  ): Route => ({
    operationId,
    method: 'POST',
    path: `/${version}${path}/${last}`,
    anyCase: true,
    role: 'start',
    handle: (call) => server.echo(call, 'start') ?? open(call),
  });
  return [
    start('exploreOrganization', '/Organizations/{organizationId}', (call) =>
      isOrganization(call.params.organizationId) ? open(server, version, call) : server.notFound('organization'),
    ),
    start('exploreJob', '/Jobs/{jobId}', (call) => {
      const job = findJob(server, call.params.jobId);
      return job ? open(server, version, call, job) : server.notFound('job');
    }),
    start(
      'exploreOwnOrganization',
      '/Organization',
      (call) => open(server, version, call),
      version === 'v5' ? 'action' : 'Explore',
    ),
    ...(isSince(version, 'v6')
      ? [
          start('exploreAsOperator', '/Organization', (call) => open(server, version, call), 'OperatorExplore'),
          start('exploreDataRetrieval', '/DataRetrievals/{dataRetrievalId}', (call) =>
            call.params.dataRetrievalId?.toLowerCase() === dataRetrievalId
              ? openWith(server, version, call, { at: server.clock.now(), type: 'Vex' })
              : server.notFound('data retrieval'),
          ),
        ]
      : []),
    ...(isSince(version, 'v7')
      ? [
          start('exploreRepository', '/BackupRepositories/{repositoryId}', (call) => {
            if (call.params.repositoryId?.toLowerCase() !== repositoryId) return server.notFound('repository');
            const organization = query(call, 'organizationId');
            if (organization === undefined) return server.badRequest('organizationId is required.');
            return isOrganization(organization) ? open(server, version, call) : server.notFound('organization');
          }),
        ]
      : []),
  ];
}

function open(server: VeeamServer, version: VeeamVersion, call: Call, job?: EmulatedJob): Answer {
  const input = version === 'v5' ? unwrap(server, call) : readObject(call);
  const request = input === undefined ? 'The request body is not valid.' : readExplore(server, version, input);
  return typeof request === 'string' ? server.badRequest(request) : openWith(server, version, call, request, job);
}

function openWith(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  request: ExploreRequest,
  job?: EmulatedJob,
): Answer {
  const session = server.sessions.add({
    ...request,
    id: server.ids.uuid(),
    startEventId: server.ids.uuid(),
    createdAt: server.clock.now(),
    logon: server.callerOf(call),
    job,
  });
  server.sessions.recordTruth(session);
  const documented = traitsOf[version].startStatus;
  const status = server.scenario.startStatus?.[version] ?? documented;
  const body = sessionBody(server, version, session, linker(version, call.url, server.scenario));
  const answer = jsonAnswer(body, { status });
  return status === documented ? answer : deviating(answer, 'startStatus of the scenario');
}

function unwrap(server: VeeamServer, call: Call): unknown {
  const action = readAction(call);
  const name = server.scenario.strict ? action?.name : action?.name.toLowerCase();
  return name === 'explore' ? action?.input : undefined;
}
