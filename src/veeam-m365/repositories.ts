import type { CallOptions } from '../client/client-options.ts';
import { requireSegment } from '../http/path-segment.ts';
import { toExploreBody } from './dialect-since-v6.ts';
import { type ExploreInput, explore } from './explore.ts';
import type { RestoreSession } from './restore-session.ts';
import { requestsSince } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

export interface ExploreRepositoryInput extends ExploreInput {
  /** Whose backups: a repository may hold those of several organizations. */
  readonly organizationId: string;
}

/** Sessions on what is in one backup repository. Since v7. */
export interface Repositories {
  /**
   * Opens a session on the backups of an organization in one repository. Sent once, never repeated. It restores nothing
   * (VM-1).
   * @see https://helpcenter.veeam.com/archive/vbo365/70/rest/new_operations.html
   * @throws {ConfigurationError} wrong input, or the client speaks v5 or v6; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(repositoryId: string, input: ExploreRepositoryInput, options?: CallOptions): Promise<RestoreSession>;
}

export function repositories(system: VeeamSystem): Repositories {
  return {
    explore: async (repositoryId, input, options = {}) => {
      const send = requestsSince(system.dialect.version, { since: 'v7', what: 'repositories.explore' });
      const id = requireSegment('repositoryId', repositoryId);
      const organizationId = requireSegment('organizationId', input?.organizationId);
      return explore(
        system,
        {
          scope: { organizationId, repositoryId: id },
          what: `organization ${organizationId} in repository ${id}`,
          send: (request) =>
            send('post', '/BackupRepositories/{repositoryId}/explore', {
              params: { path: { repositoryId: id }, query: { organizationId } },
              body: toExploreBody(request),
            }),
        },
        input,
        options,
      );
    },
  };
}
