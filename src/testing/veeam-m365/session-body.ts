import type { Linker } from './links.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import { organizationName } from './tenant.ts';
import type { RestoreSession } from './wire.ts';
import { displayTime, endOfTime } from './wire-time.ts';

const words = { succeeded: 'Success', partial: 'Warning', failed: 'Failed' } as const;
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
    result: hasEnded ? resultOf(server, session) : 'Success',
    initiatedBy: session.logon?.userName ?? server.account.userName,
    ...(hasEnded && !session.restore && scenario.details !== undefined && { details: scenario.details }),
    ...(version !== 'v5' && { scopeName: '', clientHost: 'EPSILON (via: 127.0.0.1)' }),
    ...(session.reason !== undefined && { reason: session.reason }),
    ...(version === 'v8' && { eTag: session.polls + 1 }),
    _links: {
      self: { href: link(path) },
      organization: { href: link(`${path}/organization`) },
      restoreSessionEvents: { href: link(`${path}/events`) },
    },
  } satisfies RestoreSession;
}

/** The word that a session has once it has stopped: the scenario's, or for a restore that of its truth. */
function resultOf({ scenario }: VeeamServer, { restore }: Session): string {
  if (!restore) return scenario.result ?? 'Success';
  return scenario.mailboxRestore?.sessionResult ?? words[restore.truth];
}

/** Text for people. The vendor's samples show the chosen point in v5 and the moment that was asked for since v6. */
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
  const kind = endTime === 'by-version' ? (version === 'v5' ? 'creation-time' : 'sentinel') : endTime;
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
