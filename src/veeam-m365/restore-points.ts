import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { SelectionError } from '../errors/selection-error.ts';
import { isSince } from './api-version.ts';
import { findOne } from './find-one.ts';
import { listed, type PageOptions } from './pages.ts';
import { checkFields } from './restore-options.ts';
import { type RestorePoint, toRestorePoint } from './restore-point.ts';
import { RestorePointSchema } from './schemas.ts';
import { type ExploreType, requireType } from './session-type.ts';
import { requestsSince } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** What is left out is not filtered by; an empty text is refused. */
export interface RestorePointFilter {
  readonly organizationId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly repositoryId?: string | undefined;
}

/** The backups that a session can show. Since v6: v5 documents no such list. */
export interface RestorePoints {
  /**
   * @throws {ConfigurationError} a filter is unknown or empty, or the client speaks v5; nothing was sent
   * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/get_restore_points.html
   */
  list(filter?: RestorePointFilter, options?: PageOptions & CallOptions): Items<RestorePoint>;
  /**
   * The newest by its time, never by its place in the list; `type` keeps those that say that they have such data. Its
   * `createdAt` is the `dateTime` for `explore`.
   * @throws {SelectionError} none, several of the same time, or none that tells its time
   */
  latest(
    filter: RestorePointFilter & { readonly type?: ExploreType | undefined },
    options?: CallOptions,
  ): Promise<RestorePoint & { readonly createdAt: Date }>;
}

const ONE_LONG_PAGE = 1_000;
const FILTERS = ['organizationId', 'jobId', 'repositoryId'] as const satisfies (keyof RestorePointFilter)[];
const DATA = { vex: 'isExchange', veod: 'isOneDrive', vesp: 'isSharePoint', vet: 'isTeams' } as const;

export function restorePoints(system: VeeamSystem): RestorePoints {
  const { version } = system.dialect;
  const list = (filter: RestorePointFilter = {}, options: PageOptions & CallOptions = {}) => {
    const request = requestsSince(version, { since: 'v6', what: 'restorePoints' });
    checkFields(filter, FILTERS);
    const query = Object.fromEntries(
      FILTERS.filter((name) => filter[name] !== undefined).map((name) => [name, requireText(name, filter[name])]),
    );
    const isPaged = isSince(version, 'v7');
    return listed({
      system,
      send: (page) => request('get', '/RestorePoints', { params: { query: { ...query, ...(isPaged ? page : {}) } } }),
      schema: RestorePointSchema,
      toItem: toRestorePoint,
      options,
    });
  };
  return {
    list,
    latest: async (filter, options = {}) => {
      const { type, ...rest } = filter ?? {};
      if (rest.organizationId === undefined && rest.jobId === undefined) {
        throw new ConfigurationError('filter', 'must name an `organizationId` or a `jobId`.');
      }
      const data = type === undefined ? undefined : DATA[requireType('type', type)];
      const all = await list(rest, { ...options, limit: ONE_LONG_PAGE }).toArray();
      const fitting = all.filter((point) => data === undefined || point[data] === true);
      const dated = fitting.flatMap(({ createdAt, ...point }) => (createdAt ? [{ ...point, createdAt }] : []));
      if (fitting.length > 0 && dated.length === 0) {
        const message = 'No restore point tells when it was made.';
        throw new SelectionError<RestorePoint>(message, { reason: 'no-time', found: fitting });
      }
      const newest = dated.reduce(
        (latest, { createdAt }) => Math.max(latest, createdAt.getTime()),
        Number.NEGATIVE_INFINITY,
      );
      return findOne(
        dated.filter(({ createdAt }) => createdAt.getTime() === newest),
        'newest restore point',
      );
    },
  };
}
