import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { eventsOf } from './events.ts';
import { linker } from './links.ts';
import { pageAnswer, query } from './paging.ts';
import { readAction } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import { notFound, problem, type VeeamServer } from './server.ts';
import { sessionBody } from './session-body.ts';
import type { Session } from './sessions.ts';
import { parseVeeamTime } from './wire-time.ts';

const path = '/RestoreSessions/{restoreSessionId}';

/** Polling at sessions, and stopping them. */
export function sessionRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const withSession = (handle: (call: Call, session: Session) => Answer) => (call: Call) => {
    const session = server.sessionOf(call);
    return session ? handle(call, session) : notFound('restore session');
  };
  const common = { anyCase: true, role: 'other' } as const;
  return [
    {
      ...common,
      operationId: 'listRestoreSessions',
      method: 'GET',
      path: `/${version}/RestoreSessions`,
      handle: (call) => list(server, version, call),
    },
    {
      ...common,
      operationId: 'getRestoreSession',
      method: 'GET',
      path: `/${version}${path}`,
      role: 'poll',
      handle: withSession((call, session) => poll(server, version, call, session)),
    },
    {
      ...common,
      operationId: 'listRestoreSessionEvents',
      method: 'GET',
      path: `/${version}${path}/Events`,
      handle: withSession((call, session) => listEvents(server, version, call, session)),
    },
    {
      ...common,
      operationId: 'stopRestoreSession',
      method: 'POST',
      path: `/${version}${path}/${version === 'v5' ? 'action' : 'Stop'}`,
      handle: withSession((call, session) => {
        if (version === 'v5' && readAction(call)?.name !== 'stop') return server.badRequest('Unknown action.');
        return stop(server, session);
      }),
    },
  ];
}

function list(server: VeeamServer, version: VeeamVersion, call: Call): Answer {
  const from = readMoment(server, call, 'startTimeFrom', Number.NEGATIVE_INFINITY);
  const to = readMoment(server, call, 'startTimeTo', Number.POSITIVE_INFINITY);
  if (from === undefined || to === undefined) return server.badRequest('The date is not valid.');
  const link = linker(version, call.url, server.scenario);
  return pageAnswer(server, version, call, {
    path: '/RestoreSessions',
    items: server.listedSessions(call).filter(({ createdAt }) => createdAt >= from && createdAt <= to),
    toBody: (session) => sessionBody(server, version, session, link),
  });
}

function readMoment(server: VeeamServer, call: Call, name: string, otherwise: number): number | undefined {
  const text = query(call, name);
  return text === undefined ? otherwise : parseVeeamTime(text, server.scenario.serverOffsetMinutes ?? 0);
}

function poll(server: VeeamServer, version: VeeamVersion, call: Call, session: Session): Answer {
  server.sessions.poll(session);
  if (session.polls <= (server.scenario.faults?.notFoundPolls ?? 0)) return notFound('restore session');
  return jsonAnswer(sessionBody(server, version, session, linker(version, call.url, server.scenario)));
}

function listEvents(server: VeeamServer, version: VeeamVersion, call: Call, session: Session): Answer {
  return pageAnswer(server, version, call, {
    path: `/RestoreSessions/${session.id}/events`,
    items: eventsOf(server, session),
    toBody: (event) => event,
  });
}

/** Answers 200 whether the session stops at once, later, or never (VM-18). */
function stop(server: VeeamServer, session: Session): Answer {
  const hasEnded = server.sessions.endOf(session) !== undefined;
  // Not documented what a second stop answers.
  if (hasEnded && server.scenario.stop?.again === 'error') return problem(500, 'Restore session has been stopped.');
  server.sessions.stop(session);
  return new Response(null, { status: 200 });
}
