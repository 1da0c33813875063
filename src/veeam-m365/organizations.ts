import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { requireText } from '../errors/require.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type ApiVersion, requireSince } from './api-version.ts';
import { type ExploreInput, explore } from './explore.ts';
import { findOne } from './find-one.ts';
import { type Organization, toOrganization } from './organization.ts';
import { listed } from './pages.ts';
import { checkFields } from './restore-options.ts';
import type { RestoreSession } from './restore-session.ts';
import { OrganizationSchema } from './schemas.ts';
import type { VeeamSystem } from './veeam-system.ts';

export interface ExploreOrganizationInput extends ExploreInput {
  /** Only the backups in this repository. Since v8, build 8.4. */
  readonly repositoryId?: string | undefined;
}

/** Microsoft 365 organizations, and sessions on their backups. */
export interface Organizations {
  list(options?: CallOptions): Items<Organization>;
  /**
   * The one with this very name.
   * @throws {SelectionError} none, or several; with what was found
   */
  find(filter: { readonly name: string }, options?: CallOptions): Promise<Organization>;
  /** @throws {NotFoundError} no such organization */
  get(organizationId: string, options?: CallOptions): Promise<Organization>;
  /**
   * Opens a session on the backups of an organization. Sent once, never repeated. It restores nothing (VM-1).
   * @see https://helpcenter.veeam.com/archive/vbo365/50/rest/post_organizations_id_action.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(organizationId: string, input: ExploreOrganizationInput, options?: CallOptions): Promise<RestoreSession>;
}

export function organizations(system: VeeamSystem): Organizations {
  const { dialect } = system;
  const list = (options: CallOptions = {}) =>
    listed({
      system,
      send: (page) => dialect.listOrganizations(page),
      schema: OrganizationSchema,
      toItem: toOrganization,
      options,
    });
  return {
    list,
    find: async (filter, options = {}) => {
      checkFields(filter, ['name']);
      const name = requireText('name', filter.name);
      const all = await list(options).toArray();
      return findOne(
        all.filter((each) => each.name === name),
        `organization with the name ${name}`,
      );
    },
    get: async (organizationId, options = {}) => {
      const send = dialect.getOrganization(requireSegment('organizationId', organizationId));
      return toOrganization(await system.read(send, OrganizationSchema, options));
    },
    explore: async (organizationId, input, options = {}) => {
      const id = requireSegment('organizationId', organizationId);
      const repositoryId = readRepository(dialect.version, input?.repositoryId);
      return explore(
        system,
        {
          scope: { organizationId: id, ...repositoryId },
          what: `organization ${id}`,
          send: (request) => dialect.exploreOrganization(id, { ...request, ...repositoryId }),
        },
        input,
        options,
      );
    },
  };
}

/** @throws {ConfigurationError} no text, or the version does not have it */
export function readRepository(version: ApiVersion, repositoryId: unknown): { readonly repositoryId?: string } {
  if (repositoryId === undefined) return {};
  requireSince(version, 'v8', 'repositoryId');
  return { repositoryId: requireText('repositoryId', repositoryId) };
}
