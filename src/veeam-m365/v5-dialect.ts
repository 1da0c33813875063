import type { paths } from '../../generated/veeam-m365-v5.d.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { Dialect, ExploreRequest, WireCredentials } from './dialect.ts';
import { requestsOf, sharedRequests } from './shared-requests.ts';

const request = requestsOf<paths>('v5');

/** v5: actions go to `/action`, wrapped in one key; the date is `datetime`, types have small letters. */
export const v5Dialect: Dialect = {
  version: 'v5',
  restoresBlock: true,
  credentials: { one: ['userName', 'userPassword', 'userCode'], several: ['userName', 'userPassword'] },
  ...sharedRequests('v5'),

  exploreOrganization: (organizationId, explore) =>
    request('post', '/Organizations/{organizationId}/action', {
      params: { path: { organizationId } },
      body: { explore: toOptions(explore) },
    }),
  exploreOwnOrganization: (explore) =>
    request('post', '/Organization/action', { body: { explore: toOptions(explore) } }),
  exploreJob: (jobId, explore) =>
    request('post', '/Jobs/{jobId}/action', {
      params: { path: { jobId } },
      body: { explore: toOptions(explore) },
    }),

  stopSession: (restoreSessionId) =>
    request('post', '/RestoreSessions/{restoreSessionId}/action', {
      params: { path: { restoreSessionId } },
      body: { stop: null },
    }),

  listMailboxes: (restoreSessionId, query) =>
    request('get', '/RestoreSessions/{restoreSessionId}/Organization/Mailboxes', {
      params: { path: { restoreSessionId }, query },
    }),
  getMailbox: (restoreSessionId, mailboxId) =>
    request('get', '/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}', {
      params: { path: { restoreSessionId, mailboxId } },
    }),
  restoreMailbox: (restoreSessionId, mailboxId, credentials) =>
    request('post', '/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
      params: { path: { restoreSessionId, mailboxId } },
      body: { restoretoOriginallocation: credentials },
    }),
  restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) =>
    request('post', '/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/{mailboxId}/action', {
      params: { path: { restoreSessionId, mailboxId } },
      body: { restoreTo: { ...credentials, ...target } },
    }),
  restoreMailboxes: (restoreSessionId, credentials, order) => {
    const { mailboxes, onPremisesUserName, onPremisesUserPassword, ...rest } = order;
    return request('post', '/RestoreSessions/{restoreSessionId}/Organization/Mailboxes/action', {
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

function toOptions({ dateTime, repositoryId: _, ...rest }: ExploreRequest) {
  return { datetime: dateTime, ...rest };
}

/** The casing is the vendor's, and differs from v6. */
function toBulkCredentials({ userName, userPassword }: WireCredentials) {
  return omitUndefined({ office365username: userName, office365userpassword: userPassword });
}
