import type { Linker } from './links.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import { organizationName } from './tenant.ts';
import type { RestoreSession } from './wire.ts';
import { displayTime, endOfTime } from './wire-time.ts';

const products = { Vex: 'Exchange', Vesp: 'SharePoint', Veod: 'OneDrive', Vet: 'Teams' } as const;

export function sessionBody(server: VeeamServer, version: VeeamVersion, session: Session, link: Linker) {
  const { scenario, sessions } = server;
  const endedAt = sessions.endOf(session);
  const hasEnded = endedAt !== undefined;
  const path = `/RestoreSessions/${session.id}`;
  return {
    id: session.id,
    ...(!scenario.isNameless && { name: nameOf(server, version, session) }),
    organization: organizationName,
    type: session.type,
    creationTime: server.timestamp(session.createdAt),
    ...(hasEnded ? { endTime: server.timestamp(endedAt) } : endTimeOfLiveSession(server, version, session)),
    state: sessions.stateOf(session),
    result: hasEnded ? (scenario.result ?? 'Success') : 'Success',
    initiatedBy: session.logon?.userName ?? server.account.userName,
    ...(hasEnded && scenario.details !== undefined && { details: scenario.details }),
    ...(version === 'v6' && { scopeName: '', clientHost: 'EPSILON (via: 127.0.0.1)' }),
    _links: {
      self: { href: link(path) },
      organization: { href: link(`${path}/organization`) },
      restoreSessionEvents: { href: link(`${path}/events`) },
    },
  } satisfies RestoreSession;
}

/** Text for people. The vendor's samples show the chosen point in v5 and the moment that was asked for in v6. */
function nameOf(server: VeeamServer, version: VeeamVersion, session: Session): string {
  const point = server.tenant.pointAt(session.at, session.job?.id);
  const scope = session.job ? `Job: ${session.job.name}` : 'Entire organization';
  const time = displayTime(version === 'v5' ? (point?.at ?? session.at) : session.at);
  return `${products[session.type]} restore (${scope} - ${time})`;
}

/** It says nothing about the state, and differs by version (VM-3). */
function endTimeOfLiveSession(
  server: VeeamServer,
  version: VeeamVersion,
  session: Session,
): { endTime?: string | null } {
  const { endTime = 'by-version' } = server.scenario;
  const kind = endTime === 'by-version' ? ({ v5: 'creation-time', v6: 'sentinel' } as const)[version] : endTime;
  switch (kind) {
    case 'creation-time':
      return { endTime: server.timestamp(session.createdAt) };
    case 'sentinel':
      return { endTime: endOfTime };
    case 'null':
      return { endTime: null };
    case 'absent':
      return {};
  }
}
