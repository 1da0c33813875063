import type { paths as PathsOfV5 } from '../../generated/veeam-m365-v5.d.ts';
import type { paths as PathsOfV6 } from '../../generated/veeam-m365-v6.d.ts';
import { type ApiRequest, apiRequest, type RequestMaker } from '../http/api-request.ts';
import type { ApiVersion } from './api-version.ts';

export interface PageQuery {
  readonly limit?: number;
  readonly offset?: number;
}

export interface SessionQuery extends PageQuery {
  readonly startTimeFrom?: string;
  readonly startTimeTo?: string;
}

/** Paths that all versions have, with the same parameters. */
type SharedPaths = Pick<PathsOfV6, keyof PathsOfV5 & keyof PathsOfV6>;

/** Requests that are the same in all versions. */
export interface SharedRequests {
  listOrganizations(): ApiRequest;
  getOrganization(organizationId: string): ApiRequest;
  listJobs(): ApiRequest;
  getJob(jobId: string): ApiRequest;
  listSessions(query: SessionQuery): ApiRequest;
  getSession(sessionId: string): ApiRequest;
  listEvents(sessionId: string, query: PageQuery): ApiRequest;
}

/**
 * Makes requests of the paths of one document. The documents have the version in the URL of their server, so it is put
 * before each path here: `/v6/RestoreSessions`.
 */
export function requestsOf<Paths extends object>(version: ApiVersion): RequestMaker<Paths> {
  const make = (method: string, path: string, init?: object) => apiRequest(method, `/${version}${path}`, init);
  return make as RequestMaker<Paths>;
}

export function sharedRequests(version: ApiVersion): SharedRequests {
  const request = requestsOf<SharedPaths>(version);
  return {
    listOrganizations: () => request('get', '/Organizations'),
    getOrganization: (organizationId) =>
      request('get', '/Organizations/{organizationId}', { params: { path: { organizationId } } }),
    listJobs: () => request('get', '/Jobs'),
    getJob: (jobId) => request('get', '/Jobs/{jobId}', { params: { path: { jobId } } }),
    listSessions: (query) => request('get', '/RestoreSessions', { params: { query } }),
    getSession: (restoreSessionId) =>
      request('get', '/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } } }),
    listEvents: (restoreSessionId, query) =>
      request('get', '/RestoreSessions/{restoreSessionId}/Events', { params: { path: { restoreSessionId }, query } }),
  };
}
