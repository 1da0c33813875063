import type { paths } from '../../generated/veeam-m365-v6.d.ts';
import type { System } from '../client/system.ts';
import type { Dialect, ExploreRequest } from './dialect.ts';

/** v6: a path of its own for each action, bodies not wrapped; the date is `dateTime`, types are capitalised. */
export function v6Dialect({ api }: System<paths>): Dialect {
  return {
    version: 'v6',
    kind: 'veeam-m365-v6/restore-session',
    credentials: { one: CREDENTIALS, several: CREDENTIALS },

    listOrganizations: () => (via) => api.GET('/v6/Organizations', { ...via }),
    getOrganization: (organizationId) => (via) =>
      api.GET('/v6/Organizations/{organizationId}', { params: { path: { organizationId } }, ...via }),
    listJobs: () => (via) => api.GET('/v6/Jobs', { ...via }),
    getJob: (jobId) => (via) => api.GET('/v6/Jobs/{jobId}', { params: { path: { jobId } }, ...via }),

    exploreOrganization: (organizationId, request) => (via) =>
      api.POST('/v6/Organizations/{organizationId}/explore', {
        params: { path: { organizationId } },
        body: toOptions(request),
        ...via,
      }),
    exploreJob: (jobId, request) => (via) =>
      api.POST('/v6/Jobs/{jobId}/explore', { params: { path: { jobId } }, body: toOptions(request), ...via }),

    listSessions: (query) => (via) => api.GET('/v6/RestoreSessions', { params: { query }, ...via }),
    getSession: (restoreSessionId) => (via) =>
      api.GET('/v6/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } }, ...via }),
    stopSession: (restoreSessionId) => (via) =>
      api.POST('/v6/RestoreSessions/{restoreSessionId}/Stop', { params: { path: { restoreSessionId } }, ...via }),
    listEvents: (restoreSessionId, query) => (via) =>
      api.GET('/v6/RestoreSessions/{restoreSessionId}/Events', {
        params: { path: { restoreSessionId }, query },
        ...via,
      }),

    listMailboxes: (restoreSessionId, query) => (via) =>
      api.GET('/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes', {
        params: { path: { restoreSessionId }, query },
        ...via,
      }),
    getMailbox: (restoreSessionId, mailboxId) => (via) =>
      api.GET('/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}', {
        params: { path: { restoreSessionId, mailboxId } },
        ...via,
      }),
    restoreMailbox: (restoreSessionId, mailboxId, credentials) => (via) =>
      api.POST('/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restore', {
        params: { path: { restoreSessionId, mailboxId } },
        body: credentials,
        ...via,
      }),
    restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) => (via) =>
      api.POST('/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restoreTo', {
        params: { path: { restoreSessionId, mailboxId } },
        body: { ...credentials, ...target },
        ...via,
      }),
    restoreMailboxes:
      (restoreSessionId, credentials, { mailboxes, ...order }) =>
      (via) => {
        const { userName, userPassword, ...others } = credentials;
        return api.POST('/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/restore', {
          params: { path: { restoreSessionId } },
          body: {
            ...order,
            ...others,
            mailboxes: [...mailboxes],
            ...(userName === undefined ? {} : { office365UserName: userName }),
            ...(userPassword === undefined ? {} : { office365UserPassword: userPassword }),
          },
          ...via,
        });
      },
  };
}

const CREDENTIALS = [
  'userName',
  'userPassword',
  'userCode',
  'applicationId',
  'applicationCertificate',
  'applicationCertificatePassword',
  'impersonationAccountName',
] as const;

const TYPES = { vex: 'Vex', veod: 'Veod', vesp: 'Vesp', vet: 'Vet' } as const;

function toOptions({ type, ...rest }: ExploreRequest) {
  return { ...rest, type: TYPES[type] };
}
