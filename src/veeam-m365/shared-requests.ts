import type { paths as PathsOfV5 } from '../../generated/veeam-m365-v5.d.ts';
import type { paths as PathsOfV6 } from '../../generated/veeam-m365-v6.d.ts';
import type { paths as PathsOfV7 } from '../../generated/veeam-m365-v7.d.ts';
import type { paths as PathsOfV8 } from '../../generated/veeam-m365-v8.d.ts';
import { type ApiRequest, apiRequest, type RequestMaker } from '../http/api-request.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { type ApiVersion, isSince, requireSince } from './api-version.ts';

export interface PageQuery {
  readonly limit?: number;
  readonly offset?: number;
}

export interface SessionQuery extends PageQuery {
  readonly startTimeFrom?: string;
  readonly startTimeTo?: string;
}

/** Paths that all versions have. */
type SharedPaths = Pick<PathsOfV8, keyof PathsOfV5 & keyof PathsOfV6 & keyof PathsOfV7 & keyof PathsOfV8>;

/** Requests of paths that all versions have. */
export interface SharedRequests {
  listOrganizations(page: PageQuery): ApiRequest;
  getOrganization(organizationId: string): ApiRequest;
  getOwnOrganization(): ApiRequest;
  getLicense(): ApiRequest;
  listJobs(filter: { readonly organizationId?: string | undefined }, page: PageQuery): ApiRequest;
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

/**
 * Makes requests of paths that came with a later version than v5.
 * @throws {ConfigurationError} the version of the client does not have them
 */
export function requestsSince(
  version: ApiVersion,
  { since, what }: { readonly since: ApiVersion; readonly what: string },
): RequestMaker<PathsOfV8> {
  requireSince(version, since, what);
  return requestsOf<PathsOfV8>(version);
}

export function sharedRequests(version: ApiVersion): SharedRequests {
  const request = requestsOf<SharedPaths>(version);
  const hasPages = isSince(version, 'v8');
  // The document of v6 requires it, and later ones leave it out.
  const view = version === 'v6' ? { extendedView: true } : {};
  return {
    listOrganizations: (page) =>
      request('get', '/Organizations', { params: { query: { ...view, ...(hasPages ? page : {}) } } }),
    getOrganization: (organizationId) =>
      request('get', '/Organizations/{organizationId}', { params: { path: { organizationId }, query: view } }),
    getOwnOrganization: () => request('get', '/Organization'),
    getLicense: () => request('get', '/License'),
    listJobs: ({ organizationId }, page) => {
      if (hasPages)
        return request('get', '/Jobs', { params: { query: { ...omitUndefined({ organizationId }), ...page } } });
      if (organizationId === undefined) return request('get', '/Jobs');
      const path = '/Organizations/{organizationId}/Jobs';
      return requestsOf<PathsOfV7>(version)('get', path, { params: { path: { organizationId } } });
    },
    getJob: (jobId) => request('get', '/Jobs/{jobId}', { params: { path: { jobId } } }),
    listSessions: (query) => request('get', '/RestoreSessions', { params: { query } }),
    getSession: (restoreSessionId) =>
      request('get', '/RestoreSessions/{restoreSessionId}', { params: { path: { restoreSessionId } } }),
    listEvents: (restoreSessionId, query) =>
      request('get', '/RestoreSessions/{restoreSessionId}/Events', { params: { path: { restoreSessionId }, query } }),
  };
}
