import type { CallOptions } from '../client/client-options.ts';
import { type ExploreInput, explore } from './explore.ts';
import { type Organization, toOrganization } from './organization.ts';
import type { RestoreSession } from './restore-session.ts';
import { OwnOrganizationSchema } from './schemas.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** The organization of a tenant that has logged in, see `veeamTenant`. */
export interface Tenant {
  /** The organization of the login. */
  organization(options?: CallOptions): Promise<Organization>;
  /**
   * Opens a session on the backups of the organization of the login. Sent once, never repeated. It restores nothing (VM-1).
   * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/post_organization_explore.html
   * @throws {ConfigurationError} wrong input; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(input: ExploreInput, options?: CallOptions): Promise<RestoreSession>;
}

export function tenant(system: VeeamSystem): Tenant {
  const { dialect } = system;
  return {
    organization: async (options = {}) =>
      toOrganization(await system.read(dialect.getOwnOrganization(), OwnOrganizationSchema, options)),
    explore: async (input, options = {}) =>
      explore(
        system,
        {
          scope: { login: 'tenant' },
          what: 'the organization of the login',
          send: (request) => dialect.exploreOwnOrganization(request),
        },
        input,
        options,
      ),
  };
}
