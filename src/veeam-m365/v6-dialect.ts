import type { paths } from '../../generated/veeam-m365-v6.d.ts';
import { apiRequest, type RequestMaker } from '../http/api-request.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import type { Dialect, ExploreRequest } from './dialect.ts';

const request: RequestMaker<paths> = apiRequest;

const CREDENTIALS = [
  'userName',
  'userPassword',
  'userCode',
  'applicationId',
  'applicationCertificate',
  'applicationCertificatePassword',
  'impersonationAccountName',
] as const;

/** v6: a path of its own for each action, bodies not wrapped; the date is `dateTime`, types are capitalised. */
export const v6Dialect: Dialect = {
  version: 'v6',
  credentials: { one: CREDENTIALS, several: CREDENTIALS },

  listOrganizations: () => request('get', '/v6/Organizations'),
  getOrganization: (organizationId) =>
    request('get', '/v6/Organizations/{organizationId}', { params: { path: { organizationId } } }),
  listJobs: () => request('get', '/v6/Jobs'),
  getJob: (jobId) => request('get', '/v6/Jobs/{jobId}', { params: { path: { jobId } } }),

  exploreOrganization: (organizationId, explore) =>
    request('post', '/v6/Organizations/{organizationId}/explore', {
      params: { path: { organizationId } },
      body: toOptions(explore),
    }),
  exploreJob: (jobId, explore) =>
    request('post', '/v6/Jobs/{jobId}/explore', { params: { path: { jobId } }, body: toOptions(explore) }),

  listSessions: (query) => request('get', '/v6/RestoreSessions', { params: { query } }),
  getSession: (restoreSessionId) =>
    request('get', '/v6/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } } }),
  stopSession: (restoreSessionId) =>
    request('post', '/v6/RestoreSessions/{restoreSessionId}/Stop', { params: { path: { restoreSessionId } } }),
  listEvents: (restoreSessionId, query) =>
    request('get', '/v6/RestoreSessions/{restoreSessionId}/Events', {
      params: { path: { restoreSessionId }, query },
    }),

  listMailboxes: (restoreSessionId, query) =>
    request('get', '/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes', {
      params: { path: { restoreSessionId }, query },
    }),
  getMailbox: (restoreSessionId, mailboxId) =>
    request('get', '/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}', {
      params: { path: { restoreSessionId, mailboxId } },
    }),
  restoreMailbox: (restoreSessionId, mailboxId, credentials) =>
    request('post', '/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restore', {
      params: { path: { restoreSessionId, mailboxId } },
      body: credentials,
    }),
  restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) =>
    request('post', '/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restoreTo', {
      params: { path: { restoreSessionId, mailboxId } },
      body: { ...credentials, ...target },
    }),
  restoreMailboxes: (restoreSessionId, credentials, { mailboxes, ...order }) => {
    const { userName, userPassword, ...others } = credentials;
    return request('post', '/v6/RestoreSessions/{restoreSessionId}/organization/mailboxes/restore', {
      params: { path: { restoreSessionId } },
      body: {
        ...order,
        ...others,
        mailboxes: [...mailboxes],
        ...omitUndefined({ office365UserName: userName, office365UserPassword: userPassword }),
      },
    });
  },
};

const TYPES = { vex: 'Vex', veod: 'Veod', vesp: 'Vesp', vet: 'Vet' } as const;

function toOptions({ type, ...rest }: ExploreRequest) {
  return { ...rest, type: TYPES[type] };
}
