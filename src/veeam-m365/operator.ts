import type { CallOptions } from '../client/client-options.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import { requireSince } from './api-version.ts';
import { toExploreBody } from './dialect-since-v6.ts';
import { type ExploreInput, explore } from './explore.ts';
import { readRepository } from './organizations.ts';
import { checkFields } from './restore-options.ts';
import type { RestoreSession } from './restore-session.ts';
import { requestsSince } from './shared-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** A user of the scope of a restore operator. All fields are required by the server. */
export interface OperatorUser {
  readonly id: string;
  readonly displayName: string;
  readonly name: string;
  /** `User`, `SharedMailbox` or `PublicMailbox`. */
  readonly type: string;
}

/** A group of the scope of a restore operator. */
export interface OperatorGroup {
  readonly id: string;
  readonly displayName: string;
  readonly name: string;
  /** `Office365`, `Security`, `Distribution`, `DynamicDistribution` or `Unknown`. */
  readonly type: string;
}

/** A site of the scope of a restore operator. */
export interface OperatorSite {
  readonly id: string;
  readonly url: string;
  readonly title: string;
  readonly isCloud: boolean;
  readonly isPersonal: boolean;
}

/** A team of the scope of a restore operator. Since v7. */
export interface OperatorTeam {
  readonly id: string;
  readonly description: string;
  readonly displayName: string;
  readonly mail: string;
}

/** The one object that a restore operator opens a session for. */
export type OperatorScope =
  | { readonly user: OperatorUser }
  | { readonly group: OperatorGroup }
  | { readonly site: OperatorSite }
  | { readonly team: OperatorTeam };

export interface OperatorExploreInput extends ExploreInput {
  /** Whose backups. @default the operator's own */
  readonly scope?: OperatorScope | undefined;
  /** Why the session is opened. The server keeps it with the session. */
  readonly reason?: string | undefined;
  /** Only the backups in this repository. Since v8. */
  readonly repositoryId?: string | undefined;
}

/** Sessions of a restore operator that has logged in, see `veeamRestoreOperator`. Since v6. */
export interface RestoreOperator {
  /**
   * Opens a session for one object of the operator's scope, or for the operator's own objects. Sent once, never repeated. It
   * restores nothing (VM-1).
   * @see https://helpcenter.veeam.com/archive/vbo365/60/rest/post_organization_operatorexplore.html
   * @throws {ConfigurationError} wrong input, or the client speaks v5; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or names no session; `reconcile()` looks for it in the list
   */
  explore(input: OperatorExploreInput, options?: CallOptions): Promise<RestoreSession>;
}

export function restoreOperator(system: VeeamSystem): RestoreOperator {
  const { version } = system.dialect;
  return {
    explore: async (input, options = {}) => {
      const send = requestsSince(version, { since: 'v6', what: 'restoreOperator.explore' });
      const scope = input?.scope === undefined ? {} : { scope: toWireScope(system, input.scope) };
      const reason = input?.reason === undefined ? {} : { reason: requireText('reason', input.reason) };
      const more = { ...scope, ...reason, ...readRepository(version, input?.repositoryId) };
      return explore(
        system,
        {
          scope: { login: 'operator' },
          what: 'the scope of the restore operator',
          send: (request) =>
            send('post', '/Organization/OperatorExplore', { body: { ...toExploreBody(request), ...more } }),
        },
        input,
        options,
      );
    },
  };
}

const TYPES = { user: 'User', group: 'Group', site: 'Site', team: 'Team' } as const;
const FIELDS: Readonly<Record<keyof typeof TYPES, readonly string[]>> = {
  user: ['id', 'displayName', 'name', 'type'],
  group: ['id', 'displayName', 'name', 'type'],
  site: ['id', 'url', 'title', 'isCloud', 'isPersonal'],
  team: ['id', 'description', 'displayName', 'mail'],
};

function toWireScope({ dialect }: VeeamSystem, scope: OperatorScope) {
  checkFields(scope, Object.keys(TYPES), 'scope.');
  const given = Object.entries(scope).filter(([, value]) => value !== undefined);
  const [entry] = given;
  if (entry === undefined || given.length > 1) {
    throw new ConfigurationError('scope', 'must name one `user`, `group`, `site` or `team`.');
  }
  const [name, object] = entry as [keyof typeof TYPES, Readonly<Record<string, unknown>>];
  if (name === 'team') requireSince(dialect.version, 'v7', 'scope.team');
  checkFields(object, FIELDS[name], `scope.${name}.`);
  for (const field of FIELDS[name]) {
    if (object[field] === undefined)
      throw new ConfigurationError(`scope.${name}.${field}`, 'is required by the server.');
  }
  return { type: TYPES[name], id: requireText(`scope.${name}.id`, object.id), [name]: object };
}
