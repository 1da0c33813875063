import type { paths } from '../../generated/veeam-m365-v5.d.ts';
import type { System } from '../client/system.ts';
import type { Dialect, ExploreRequest, WireCredentials } from './dialect.ts';

/** v5: actions go to `/action`, wrapped in one key; the date is `datetime`, types have small letters. */
export function v5Dialect({ api }: System<paths>): Dialect {
  return {
    version: 'v5',
    kind: 'veeam-m365-v5/restore-session',
    credentials: { one: ['userName', 'userPassword', 'userCode'], several: ['userName', 'userPassword'] },

    listOrganizations: () => (via) => api.GET('/v5/Organizations', { ...via }),
    getOrganization: (organizationId) => (via) =>
      api.GET('/v5/Organizations/{organizationId}', { params: { path: { organizationId } }, ...via }),
    listJobs: () => (via) => api.GET('/v5/Jobs', { ...via }),
    getJob: (jobId) => (via) => api.GET('/v5/Jobs/{jobId}', { params: { path: { jobId } }, ...via }),

    exploreOrganization: (organizationId, request) => (via) =>
      api.POST('/v5/Organizations/{organizationId}/action', {
        params: { path: { organizationId } },
        body: { explore: toOptions(request) },
        ...via,
      }),
    exploreJob: (jobId, request) => (via) =>
      api.POST('/v5/Jobs/{jobId}/action', {
        params: { path: { jobId } },
        body: { explore: toOptions(request) },
        ...via,
      }),

    listSessions: (query) => (via) => api.GET('/v5/RestoreSessions', { params: { query }, ...via }),
    getSession: (restoreSessionId) => (via) =>
      api.GET('/v5/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } }, ...via }),
    stopSession: (restoreSessionId) => (via) =>
      api.POST('/v5/RestoreSessions/{restoreSessionId}/action', {
        params: { path: { restoreSessionId } },
        // openapi-fetch takes a body that can only be null for one that cannot be written.
        body: { stop: null as never },
        ...via,
      }),
    listEvents: (restoreSessionId, query) => (via) =>
      api.GET('/v5/RestoreSessions/{restoreSessionId}/Events', {
        params: { path: { restoreSessionId }, query },
        ...via,
      }),

    listMailboxes: (restoreSessionId, query) => (via) =>
      api.GET('/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes', {
        params: { path: { restoreSessionId }, query },
        ...via,
      }),
    getMailbox: (restoreSessionId, mailboxId) => (via) =>
      api.GET('/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}', {
        params: { path: { restoreSessionId, mailboxId } },
        ...via,
      }),
    restoreMailbox: (restoreSessionId, mailboxId, credentials) => (via) =>
      api.POST('/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
        params: { path: { restoreSessionId, mailboxId } },
        body: { restoretoOriginallocation: credentials },
        ...via,
      }),
    restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) => (via) =>
      api.POST('/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
        params: { path: { restoreSessionId, mailboxId } },
        body: { restoreTo: { ...credentials, ...target } },
        ...via,
      }),
    restoreMailboxes: (restoreSessionId, credentials, order) => (via) => {
      const { mailboxes, onPremisesUserName, onPremisesUserPassword, ...rest } = order;
      return api.POST('/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/action', {
        params: { path: { restoreSessionId } },
        body: {
          restoreTo: {
            ...rest,
            ...toBulkCredentials(credentials),
            mailBoxes: [...mailboxes],
            ...(onPremisesUserName === undefined ? {} : { onpremuserName: onPremisesUserName }),
            ...(onPremisesUserPassword === undefined ? {} : { onpremuserPassword: onPremisesUserPassword }),
          },
        },
        ...via,
      });
    },
  };
}

function toOptions({ dateTime, ...rest }: ExploreRequest) {
  return { datetime: dateTime, ...rest };
}

/** The casing is the vendor's, and differs from v6. */
function toBulkCredentials({ userName, userPassword }: WireCredentials) {
  return {
    ...(userName === undefined ? {} : { office365username: userName }),
    ...(userPassword === undefined ? {} : { office365userpassword: userPassword }),
  };
}
