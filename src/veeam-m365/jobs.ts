import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { requireFields, requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type ExploreInput, explore } from './explore.ts';
import { findOne } from './find-one.ts';
import { type Job, toJob } from './job.ts';
import { listed } from './pages.ts';
import { checkFields } from './restore-options.ts';
import type { RestoreSession } from './restore-session.ts';
import { JobSchema } from './schemas.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** What is left out is not filtered by; an empty text is refused. */
export interface JobFilter {
  /** Only the jobs of this organization. */
  readonly organizationId?: string | undefined;
}

/** Backup jobs, and sessions on their backups. */
export interface Jobs {
  /** @throws {ConfigurationError} a filter is unknown or empty */
  list(filter?: JobFilter, options?: CallOptions): Items<Job>;
  /**
   * The one with this very name.
   * @throws {SelectionError} none, or several; with what was found
   */
  find(filter: JobFilter & { readonly name: string }, options?: CallOptions): Promise<Job>;
  /** @throws {NotFoundError} no such job */
  get(jobId: string, options?: CallOptions): Promise<Job>;
  /**
   * Opens a session on the backups of one job. Sent once, never repeated. It restores nothing (VM-1).
   * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/post_jobs_id_explore.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(jobId: string, input: ExploreInput, options?: CallOptions): Promise<RestoreSession>;
}

export function jobs(system: VeeamSystem): Jobs {
  const { dialect } = system;
  const list = (filter: JobFilter = {}, options: CallOptions = {}) => {
    checkFields(filter, ['organizationId']);
    const { organizationId } = filter;
    const named =
      organizationId === undefined ? {} : { organizationId: requireSegment('organizationId', organizationId) };
    return listed({
      system,
      send: (page) => dialect.listJobs(named, page),
      schema: JobSchema,
      toItem: toJob,
      options,
    });
  };
  return {
    list,
    find: async (filter, options = {}) => {
      requireFields('filter', filter, '{ name }');
      const { name: wanted, ...rest } = filter;
      const name = requireText('name', wanted);
      const all = await list(rest, options).toArray();
      return findOne(
        all.filter((each) => each.name === name),
        `job with the name ${name}`,
      );
    },
    get: async (jobId, options = {}) => {
      const send = dialect.getJob(requireSegment('jobId', jobId));
      return toJob(await system.read(send, JobSchema, options));
    },
    explore: async (jobId, input, options = {}) => {
      const id = requireSegment('jobId', jobId);
      const send = (request: Parameters<typeof dialect.exploreJob>[1]) => dialect.exploreJob(id, request);
      return explore(system, { scope: { jobId: id }, what: `job ${id}`, send }, input, options);
    },
  };
}
