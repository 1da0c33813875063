import type { paths } from '../../generated/veeam-m365-v5.d.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { Dialect, ExploreRequest, WireCredentials } from './dialect.ts';

const request: RequestMaker<paths> = apiRequest;

/** v5: actions go to `/action`, wrapped in one key; the date is `datetime`, types have small letters. */
export const v5Dialect: Dialect = {
  version: 'v5',
  credentials: { one: ['userName', 'userPassword', 'userCode'], several: ['userName', 'userPassword'] },

  listOrganizations: () => request('get', '/v5/Organizations'),
  getOrganization: (organizationId) =>
    request('get', '/v5/Organizations/{organizationId}', { params: { path: { organizationId } } }),
  listJobs: () => request('get', '/v5/Jobs'),
  getJob: (jobId) => request('get', '/v5/Jobs/{jobId}', { params: { path: { jobId } } }),

  exploreOrganization: (organizationId, explore) =>
    request('post', '/v5/Organizations/{organizationId}/action', {
      params: { path: { organizationId } },
      body: { explore: toOptions(explore) },
    }),
  exploreJob: (jobId, explore) =>
    request('post', '/v5/Jobs/{jobId}/action', {
      params: { path: { jobId } },
      body: { explore: toOptions(explore) },
    }),

  listSessions: (query) => request('get', '/v5/RestoreSessions', { params: { query } }),
  getSession: (restoreSessionId) =>
    request('get', '/v5/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } } }),
  stopSession: (restoreSessionId) =>
    request('post', '/v5/RestoreSessions/{restoreSessionId}/action', {
      params: { path: { restoreSessionId } },
      body: { stop: null },
    }),
  listEvents: (restoreSessionId, query) =>
    request('get', '/v5/RestoreSessions/{restoreSessionId}/Events', {
      params: { path: { restoreSessionId }, query },
    }),

  listMailboxes: (restoreSessionId, query) =>
    request('get', '/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes', {
      params: { path: { restoreSessionId }, query },
    }),
  getMailbox: (restoreSessionId, mailboxId) =>
    request('get', '/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}', {
      params: { path: { restoreSessionId, mailboxId } },
    }),
  restoreMailbox: (restoreSessionId, mailboxId, credentials) =>
    request('post', '/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
      params: { path: { restoreSessionId, mailboxId } },
      body: { restoretoOriginallocation: credentials },
    }),
  restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) =>
    request('post', '/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
      params: { path: { restoreSessionId, mailboxId } },
      body: { restoreTo: { ...credentials, ...target } },
    }),
  restoreMailboxes: (restoreSessionId, credentials, order) => {
    const { mailboxes, onPremisesUserName, onPremisesUserPassword, ...rest } = order;
    return request('post', '/v5/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/action', {
      params: { path: { restoreSessionId } },
      body: {
        restoreTo: {
          ...rest,
          ...toBulkCredentials(credentials),
          mailBoxes: [...mailboxes],
          ...omitUndefined({ onpremuserName: onPremisesUserName, onpremuserPassword: onPremisesUserPassword }),
        },
      },
    });
  },
};

function toOptions({ dateTime, ...rest }: ExploreRequest) {
  return { datetime: dateTime, ...rest };
}

/** The casing is the vendor's, and differs from v6. */
function toBulkCredentials({ userName, userPassword }: WireCredentials) {
  return omitUndefined({ office365username: userName, office365userpassword: userPassword });
}
