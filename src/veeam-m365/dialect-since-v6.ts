import type { paths } from '../../generated/veeam-m365-v8.d.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type ApiVersion, isSince } from './api-version.ts';
import type { Dialect, ExploreRequest } from './dialect.ts';
import { requestsOf, sharedRequests } from './shared-requests.ts';

const CREDENTIALS = [
  'userName',
  'userPassword',
  'userCode',
  'applicationId',
  'applicationCertificate',
  'applicationCertificatePassword',
  'impersonationAccountName',
] as const;

/** A path of its own for each action, bodies not wrapped; the date is `dateTime`, types are capitalised. */
export function dialectSinceV6(version: Exclude<ApiVersion, 'v5'>): Dialect {
  const request = requestsOf<paths>(version);
  return {
    version,
    restoresBlock: !isSince(version, 'v8'),
    credentials: { one: CREDENTIALS, several: CREDENTIALS },
    ...sharedRequests(version),

    exploreOrganization: (organizationId, explore) =>
      request('post', '/Organizations/{organizationId}/explore', {
        params: { path: { organizationId } },
        body: toExploreBody(explore),
      }),
    exploreOwnOrganization: (explore) => request('post', '/Organization/Explore', { body: toExploreBody(explore) }),
    exploreJob: (jobId, explore) =>
      request('post', '/Jobs/{jobId}/explore', { params: { path: { jobId } }, body: toExploreBody(explore) }),

    stopSession: (restoreSessionId) =>
      request('post', '/RestoreSessions/{restoreSessionId}/Stop', { params: { path: { restoreSessionId } } }),

    listMailboxes: (restoreSessionId, query) =>
      request('get', '/RestoreSessions/{restoreSessionId}/organization/mailboxes', {
        params: { path: { restoreSessionId }, query },
      }),
    getMailbox: (restoreSessionId, mailboxId) =>
      request('get', '/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}', {
        params: { path: { restoreSessionId, mailboxId } },
      }),
    restoreMailbox: (restoreSessionId, mailboxId, credentials) =>
      request('post', '/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restore', {
        params: { path: { restoreSessionId, mailboxId } },
        body: credentials,
      }),
    restoreMailboxTo: (restoreSessionId, mailboxId, credentials, target) =>
      request('post', '/RestoreSessions/{restoreSessionId}/organization/mailboxes/{mailboxId}/restoreTo', {
        params: { path: { restoreSessionId, mailboxId } },
        body: { ...credentials, ...target },
      }),
    restoreMailboxes: (restoreSessionId, credentials, { mailboxes, ...order }) => {
      const { userName, userPassword, ...others } = credentials;
      return request('post', '/RestoreSessions/{restoreSessionId}/organization/mailboxes/restore', {
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
}

const TYPES = { vex: 'Vex', veod: 'Veod', vesp: 'Vesp', vet: 'Vet' } as const;

/** The body of `explore` in v6 and later. */
export function toExploreBody({ type, ...rest }: ExploreRequest) {
  return { ...rest, type: TYPES[type] };
}
