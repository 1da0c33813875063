import { type Answer, jsonAnswer } from '../answer.ts';
import { deviating } from '../deviation.ts';
import { isWithin } from '../faults.ts';
import type { Call, Route } from '../route.ts';
import { eventsOf } from './events.ts';
import { linker } from './links.ts';
import { pageAnswer, query } from './paging.ts';
import { readAction } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { sessionBody } from './session-body.ts';
import type { Session } from './sessions.ts';
import { statisticsOf } from './statistics.ts';
import { traitsOf } from './versions.ts';
import { parseVeeamTime } from './wire-time.ts';

const path = '/RestoreSessions/{restoreSessionId}';
const HOUR_MS = 3_600_000;

/** Polling at sessions, and stopping them. */
export function sessionRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const withSession = (handle: (call: Call, session: Session) => Answer) => (call: Call) => {
    const session = server.sessionOf(call);
    return session ? handle(call, session) : server.notFound('restore session');
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
      another: (call) => jsonAnswer(otherSession(server, version, call, 'Success')),
    },
    {
      ...common,
      operationId: 'listRestoreSessionEvents',
      method: 'GET',
      path: `/${version}${path}/Events`,
      handle: withSession((call, session) => listEvents(server, version, call, session)),
    },
    ...(version === 'v8'
      ? [
          {
            ...common,
            operationId: 'getRestoreSessionStatistics',
            method: 'GET',
            path: `/${version}${path}/Statistics`,
            handle: withSession((_, session) => statisticsOf(server, session)),
          } satisfies Route,
        ]
      : []),
    {
      ...common,
      operationId: 'stopRestoreSession',
      method: 'POST',
      path: `/${version}${path}/${version === 'v5' ? 'action' : 'Stop'}`,
      handle: withSession((call, session) => {
        if (version === 'v5' && readAction(call)?.name !== 'stop') return server.badRequest('Unknown action.');
        return stop(server, version, session);
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
    items: inOrder(version, call, server.listedSessions(call)).filter(
      ({ createdAt }) => createdAt >= from && createdAt <= to,
    ),
    toBody: (session) => sessionBody(server, version, session, link),
  });
}

/** v8 lets the caller choose the order. */
function inOrder(version: VeeamVersion, call: Call, sessions: readonly Session[]): readonly Session[] {
  const ascending = version === 'v8' ? query(call, 'orderAsc')?.toLowerCase() : undefined;
  if (ascending === undefined) return sessions;
  const sorted = [...sessions].sort((one, other) => one.createdAt - other.createdAt);
  return ascending === 'true' ? sorted : sorted.reverse();
}

function readMoment(server: VeeamServer, call: Call, name: string, otherwise: number): number | undefined {
  const text = query(call, name);
  if (text === undefined) return otherwise;
  const { serverOffsetMinutes = 0, clockSkewMs = 0 } = server.scenario;
  const moment = parseVeeamTime(text, serverOffsetMinutes);
  return moment === undefined ? undefined : moment - clockSkewMs;
}

function poll(server: VeeamServer, version: VeeamVersion, call: Call, session: Session): Answer {
  server.sessions.poll(session);
  const { notFoundPolls = 0, misroutedSessions: misrouted } = server.scenario.faults ?? {};
  if (session.polls <= notFoundPolls) return server.notFound('restore session');
  const moment = { elapsedMs: server.clock.now() - session.createdAt, polls: session.polls };
  if (misrouted && isWithin(misrouted, moment) && session.polls % (misrouted.every ?? 1) === 0) {
    return jsonAnswer(otherSession(server, version, call, misrouted.result));
  }
  const body = sessionBody(server, version, session, linker(version, call.url, server.scenario));
  if (body.state !== 'Stopped') return jsonAnswer(body);
  const { result: _, ...withoutResult } = body;
  switch (session.restore ? server.scenario.mailboxRestore?.sessionResult : server.scenario.result) {
    case 'null':
      return deviating(jsonAnswer({ ...body, result: null }), 'result: null');
    case 'absent':
      return deviating(jsonAnswer(withoutResult), 'result: absent');
    default:
      return jsonAnswer(body);
  }
}

/** A session of somebody else, which has stopped. */
function otherSession(server: VeeamServer, version: VeeamVersion, call: Call, result: string) {
  const session: Session = {
    id: '5e9a0c44-7d1b-4f2e-8a36-c0b7d94f1e28',
    type: 'Vex',
    at: server.clock.now(),
    job: undefined,
    createdAt: server.clock.now() - HOUR_MS,
    logon: undefined,
    startEventId: '',
    polls: 0,
    usedAt: 0,
    pollsUntilStopped: undefined,
    endedAt: server.clock.now() - HOUR_MS / 2,
  };
  return { ...sessionBody(server, version, session, linker(version, call.url, server.scenario)), result };
}

function listEvents(server: VeeamServer, version: VeeamVersion, call: Call, session: Session): Answer {
  return pageAnswer(server, version, call, {
    path: `/RestoreSessions/${session.id}/events`,
    items: eventsOf(server, session),
    toBody: (event) => event,
  });
}

/** Answers a 2xx whether the session stops at once, later, or never (VM-18). */
function stop(server: VeeamServer, version: VeeamVersion, session: Session): Answer {
  const hasEnded = server.sessions.endOf(session) !== undefined;
  // Not documented what a second stop answers.
  if (hasEnded && server.scenario.stop?.again === 'error')
    return server.problem(500, 'Restore session has been stopped.');
  server.sessions.stop(session);
  return new Response(null, { status: traitsOf[version].stopStatus });
}
