import { type Answer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import type { Call, Route } from '../route.ts';
import { readExplore } from './explore-request.ts';
import { findJob, isOrganization } from './inventory-routes.ts';
import { linker } from './links.ts';
import { readAction, readObject } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { sessionBody } from './session-body.ts';
import type { EmulatedJob } from './tenant.ts';

/** Opening a session. It restores nothing (VM-1). */
export function exploreRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const last = version === 'v5' ? 'action' : 'explore';
  const start = (operationId: string, path: string, open: (call: Call) => Answer): Route => ({
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
  ];
}

function open(server: VeeamServer, version: VeeamVersion, call: Call, job?: EmulatedJob): Answer {
  const input = version === 'v6' ? readObject(call) : unwrap(server, call);
  const request = input === undefined ? 'The request body is not valid.' : readExplore(server, version, input);
  if (typeof request === 'string') return server.badRequest(request);

  const session = server.sessions.add({
    ...request,
    id: server.ids.uuid(),
    startEventId: server.ids.uuid(),
    createdAt: server.clock.now(),
    logon: server.callerOf(call),
    job,
  });
  server.sessions.recordTruth(session);
  const documented = version === 'v5' ? 201 : 200;
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
