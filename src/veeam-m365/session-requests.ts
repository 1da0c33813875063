import type { paths as PathsOfV6 } from '../../generated/veeam-m365-v6.d.ts';
import type { paths as PathsOfV7 } from '../../generated/veeam-m365-v7.d.ts';
import type { paths as PathsOfV8 } from '../../generated/veeam-m365-v8.d.ts';
import { type ApiRequest, apiRequest } from '../http/api-request.ts';
import { type ApiVersion, requireSince as requireVersion } from './api-version.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** What is below a session. */
type Below<Path> = Path extends `/RestoreSessions/{restoreSessionId}${infer Rest}` ? Rest : never;

type PathsWith<Paths, Method extends string> = {
  [Path in keyof Paths]: Paths[Path] extends { readonly [M in Method]: object } ? Below<Path> : never;
}[keyof Paths];

/** The paths of any version since v6. */
type AnyPath<Method extends string> =
  | PathsWith<PathsOfV6, Method>
  | PathsWith<PathsOfV7, Method>
  | PathsWith<PathsOfV8, Method>;

export type GetPath = AnyPath<'get'>;
export type PostPath = AnyPath<'post'>;

export type PathParams = Readonly<Record<string, string | number>>;

const SESSION = '/RestoreSessions/{restoreSessionId}';

/** The keys that wrap the input of an action in v5. */
const ACTIONS_OF_V5: Readonly<Record<string, string>> = {
  restore: 'restoretoOriginallocation',
  restoreTo: 'restoreTo',
  copyTo: 'copyTo',
  exportToPst: 'exporttoPst',
  Save: 'savetoMsg',
  save: 'save',
  export: 'export',
};

/** One session of one system. */
export interface SessionOf {
  readonly system: VeeamSystem;
  readonly id: string;
  /** The moment that the session shows, as sent. */
  readonly dateTime?: string | undefined;
}

export function readBelow({ system, id }: SessionOf, path: GetPath, params: PathParams, query: object): ApiRequest {
  return apiRequest('get', pathOf(system.dialect.version, path), {
    params: { path: { restoreSessionId: id, ...params }, query },
  });
}

/** A POST that is no action, and has the same form in all versions. */
export function postBelow(
  { system, id }: SessionOf,
  path: PostPath,
  params: PathParams,
  init: { readonly body: object; readonly query?: object },
): ApiRequest {
  return apiRequest('post', pathOf(system.dialect.version, path), {
    params: { path: { restoreSessionId: id, ...params }, ...(init.query ? { query: init.query } : {}) },
    body: init.body,
  });
}

/**
 * A POST that does something. v5 has `/action` for all of them, and the name of the action as the only key of the body
 * (VM-5).
 */
export function actBelow(
  { system, id }: SessionOf,
  path: PostPath,
  params: PathParams,
  body: object | undefined,
): ApiRequest {
  const { version } = system.dialect;
  const init = { params: { path: { restoreSessionId: id, ...params } } };
  if (version !== 'v5') return apiRequest('post', pathOf(version, path), { ...init, ...(body ? { body } : {}) });
  const at = path.lastIndexOf('/');
  return apiRequest('post', `${pathOf(version, path.slice(0, at))}/action`, {
    ...init,
    body: { [actionOfV5(path, path.slice(at + 1))]: body ?? null },
  });
}

function actionOfV5(path: string, verb: string): string {
  if (path.startsWith('/organization/teams') && verb === 'restore') return 'restore';
  if (path.startsWith('/Organization/Sites') && verb.toLowerCase().startsWith('restore')) return 'restoreTo';
  if (path.startsWith('/organization/mailboxes') && verb.toLowerCase() === 'save') return 'savetoMsg';
  return ACTIONS_OF_V5[verb] ?? verb;
}

/** The documents of v5 write every name with a capital, those since v6 some (VM-21). */
function pathOf(version: ApiVersion, path: string): string {
  const below = version === 'v5' ? path.replaceAll(/\/[a-z]/g, (name) => name.toUpperCase()) : path;
  return `/${version}${SESSION}${below}`;
}

/**
 * Refuses a call that the version of this client does not have.
 * @throws {ConfigurationError} `field` is the name of the call
 */
export function requireSince({ dialect }: VeeamSystem, since: ApiVersion, call: string): void {
  requireVersion(dialect.version, since, call);
}
