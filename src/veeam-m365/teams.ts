import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { ConfigurationError } from '../errors/configuration-error.ts';
import { requireText } from '../errors/require.ts';
import type { Download } from '../http/download.ts';
import { requireSegment } from '../http/path-segment.ts';
import { type BrowseOptions, getBelow, listBelow, searchBelow } from './browse.ts';
import { findByText } from './find-by-text.ts';
import { type Fields, flag, moment, since, text, word } from './option-fields.ts';
import { requireSeveral, restoreBelow, type SessionRestore } from './restore-below.ts';
import type { CommonRestoreOptions, DocumentVersions, OperatorOptions, RestoreCredentials } from './restore-words.ts';
import { type SaveOptions, saveBelow } from './session-file.ts';
import { toWireItem } from './session-item.ts';
import type { FoundTeamItem, Team, TeamChannel, TeamFile, TeamPost, TeamTab } from './session-items.ts';
import { type PathParams, requireSince, type SessionOf } from './session-requests.ts';

/** What is restored. The API wants each of them to be said. */
export interface TeamChanges {
  /** Items that differ from the backup. */
  readonly restoreChangedItems: boolean;
  /** Items that are missing. */
  readonly restoreMissingItems: boolean;
}

export interface TeamParts extends TeamChanges {
  /** Members and their roles. */
  readonly restoreMembers: boolean;
  readonly restoreSettings: boolean;
}

export interface RestoreTeamOptions extends RestoreCredentials, CommonRestoreOptions, TeamParts {
  /** The owner that the application acts for. Required with `applicationCertificate`, and only with it. */
  readonly impersonationAccountName?: string | undefined;
}

export interface OperatorRestoreTeamOptions extends OperatorOptions, TeamParts {
  readonly impersonationAccountName: string;
}

interface ChannelParts extends TeamChanges {
  /** Members and their roles. Since v8. */
  readonly restoreMembers?: boolean | undefined;
}

export interface RestoreChannelOptions extends RestoreCredentials, CommonRestoreOptions, ChannelParts {}

export interface OperatorRestoreChannelOptions extends OperatorOptions, ChannelParts {}

export interface TabChanges {
  readonly restoreChangedTabs: boolean;
  readonly restoreMissingTabs: boolean;
}

export interface RestoreTabsOptions extends RestoreCredentials, CommonRestoreOptions, TabChanges {}

interface FileParts extends TeamChanges {
  readonly fileVersion: DocumentVersions;
}

/** The channel of files. Needed for all files of a channel, and since v8 for a file that is named by its id. */
interface ChannelOf {
  readonly channelId?: string | undefined;
}

export interface RestoreFilesOptions extends RestoreCredentials, CommonRestoreOptions, FileParts, ChannelOf {}

export interface PostPeriod {
  readonly channelId: string;
  /** Only posts since this moment: a Date, or ISO 8601 text with a zone. */
  readonly from?: Date | string | undefined;
  /** Only posts until this moment. */
  readonly to?: Date | string | undefined;
}

export interface RestorePostsOptions extends RestoreCredentials, CommonRestoreOptions, PostPeriod {}

export interface TeamChannels {
  /** @param options `displayName`: only channels with this name */
  list(teamId: string, options?: BrowseOptions & { readonly displayName?: string | undefined }): Items<TeamChannel>;
  get(teamId: string, channelId: string, options?: CallOptions): Promise<TeamChannel>;
  restore(teamId: string, channelId: string, options: RestoreChannelOptions): Promise<SessionRestore>;
  /** The restore of a restore operator. Since v7. */
  operatorRestore(teamId: string, channelId: string, options: OperatorRestoreChannelOptions): Promise<SessionRestore>;
}

export interface TeamTabs {
  list(teamId: string, channelId: string, options?: BrowseOptions): Items<TeamTab>;
  get(teamId: string, channelId: string, tabId: string, options?: CallOptions): Promise<TeamTab>;
  /** @param tab the id of one, a list of several, or 'all' of the channel */
  restore(
    teamId: string,
    channelId: string,
    tab: string | readonly TeamTab[],
    options: RestoreTabsOptions,
  ): Promise<SessionRestore>;
  /** The restore of a restore operator. Since v7. */
  operatorRestore(
    teamId: string,
    channelId: string,
    tabs: 'all' | readonly TeamTab[],
    options: OperatorOptions & TabChanges,
  ): Promise<SessionRestore>;
}

export interface TeamFiles {
  list(
    teamId: string,
    options?: BrowseOptions & ChannelOf & { readonly parentId?: string | undefined },
  ): Items<TeamFile>;
  get(teamId: string, fileId: string, options?: CallOptions & ChannelOf): Promise<TeamFile>;
  search(teamId: string, query: string, options?: BrowseOptions): Items<TeamFile>;
  /**
   * Restores files of one channel.
   * @param file the id of one, a list of several as `list` returns them, or 'all' of `channelId`
   */
  restore(teamId: string, file: string | readonly TeamFile[], options: RestoreFilesOptions): Promise<SessionRestore>;
  /** Takes out one file as it is, or several, or all of `channelId`, as a ZIP file. */
  save(
    teamId: string,
    file: string | readonly TeamFile[],
    options?: SaveOptions & ChannelOf & { readonly asZip?: boolean | undefined },
  ): Promise<Download>;
  /** The restore of a restore operator. Since v7. */
  operatorRestore(
    teamId: string,
    files: 'all' | readonly TeamFile[],
    options: OperatorOptions & FileParts & ChannelOf,
  ): Promise<SessionRestore>;
}

export interface TeamPosts {
  list(
    teamId: string,
    options?: BrowseOptions & ChannelOf & { readonly parentId?: string | undefined },
  ): Items<TeamPost>;
  search(teamId: string, query: string, options?: BrowseOptions): Items<TeamPost>;
  /** Restores the posts of a channel, all or those of a period. */
  restore(teamId: string, options: RestorePostsOptions): Promise<SessionRestore>;
  /** Takes posts out as one HTML page: some, or all of a channel. */
  export(
    teamId: string,
    posts: readonly TeamPost[] | 'all',
    options?: SaveOptions & Partial<PostPeriod>,
  ): Promise<Download>;
  /** Takes posts out as MSG files: some, or all of a channel. */
  save(teamId: string, posts: readonly TeamPost[] | 'all', options?: SaveOptions & ChannelOf): Promise<Download>;
  /** The restore of a restore operator. Since v7. */
  operatorRestore(
    teamId: string,
    options: OperatorOptions & PostPeriod & { readonly posts?: readonly TeamPost[] | undefined },
  ): Promise<SessionRestore>;
}

/** The teams of a session, and their restore. */
export interface SessionTeams {
  readonly channels: TeamChannels;
  readonly tabs: TeamTabs;
  readonly files: TeamFiles;
  readonly posts: TeamPosts;
  /**
   * All teams, from all pages. There are none if the session is of a moment before the first backup, or does not show
   * Teams (VM-9).
   * @param options `displayName`: only teams with this name
   * @throws {ConflictError} the session has stopped (VM-16)
   */
  list(options?: BrowseOptions & { readonly displayName?: string | undefined }): Items<Team>;
  get(teamId: string, options?: CallOptions): Promise<Team>;
  /**
   * The team with this name, in any case, from all pages.
   * @throws {SelectionError} none, or several; with what was found
   */
  find(filter: { readonly name: string }, options?: CallOptions): Promise<Team>;
  /** Tabs, files or posts of a team that match a query of the vendor's language. Since v6. */
  search(
    teamId: string,
    query: string,
    options: BrowseOptions & { readonly type: 'tabs' | 'files' | 'posts' },
  ): Items<FoundTeamItem>;
  /**
   * Restores a team. The request is sent once and never repeated (VM-12). Up to v7 the server answers it when the restore
   * has ended, and the operation polls the open request; since v8 it answers at once, and the operation polls the session
   * of the restore.
   * @throws {ConfigurationError} the input is wrong; nothing was sent
   * @throws {ConflictError} the session has stopped, or is not ready; nothing was sent
   * @throws {StartOutcomeUnknownError} the answer was lost, or was not understood; the restore may be running
   */
  restore(teamId: string, options: RestoreTeamOptions): Promise<SessionRestore>;
  /** Restores several teams in one request. */
  restoreMany(teams: readonly Team[], options: RestoreTeamOptions): Promise<SessionRestore>;
  /** The restore of a restore operator, in a session that was opened as such. Since v7. */
  operatorRestore(teams: readonly Team[], options: OperatorRestoreTeamOptions): Promise<SessionRestore>;
}

const TEAMS = '/organization/teams';
const ONE = '/organization/teams/{teamId}';
const CHANNEL = '/organization/teams/{teamId}/channels/{channelId}';

const ITEMS = { restoreChangedItems: flag, restoreMissingItems: flag } satisfies Fields;
const TEAM = { ...ITEMS, restoreMembers: flag, restoreSettings: flag } satisfies Fields;
const ONE_CHANNEL = { ...ITEMS, restoreMembers: since('v8', flag) } satisfies Fields;
const TABS = { restoreChangedTabs: flag, restoreMissingTabs: flag } satisfies Fields;
const FILES = { ...ITEMS, fileVersion: word('All', 'Last') } satisfies Fields;
const PERIOD = { channelId: text, from: moment, to: moment } satisfies Fields;

export function sessionTeams(session: SessionOf): SessionTeams {
  const { system } = session;
  const team = (teamId: string): PathParams => ({ teamId: requireSegment('teamId', teamId) });
  const channel = (teamId: string, channelId: string): PathParams => ({
    ...team(teamId),
    channelId: requireSegment('channelId', channelId),
  });
  const list = ({ displayName, ...options }: BrowseOptions & { displayName?: string | undefined } = {}) =>
    listBelow<Team>(session, TEAMS, {}, options, named({ displayName }));
  const get = (teamId: string, options: CallOptions = {}) => getBelow<Team>(session, ONE, team(teamId), options);
  const common = (teamId: string, what: string) => ({
    workload: 'team' as const,
    login: 'documents' as const,
    what: `the restore of ${what} of team ${teamId}`,
    targets: [{ id: requireSegment('teamId', teamId) }],
  });
  const operator = { login: undefined, isOperator: true } as const;
  const asOperator = () => requireSince(system, 'v7', 'operatorRestore');
  /** The path of one file: with its channel since v8. */
  const fileAt = (teamId: string, fileId: string, channelId: string | undefined) => {
    const at = { ...team(teamId), fileId: requireSegment('fileId', fileId) };
    if (system.dialect.version < 'v8') return { path: `${ONE}/files/{fileId}` as const, params: at };
    if (channelId === undefined) throw new ConfigurationError('channelId', 'must be given for one file since v8.');
    return { path: `${CHANNEL}/files/{fileId}` as const, params: { ...at, ...channel(teamId, channelId) } };
  };
  const fields = { ...TEAM, impersonationAccountName: text };
  const required = Object.keys(TEAM);
  return {
    list,
    get,
    find: async (filter, options = {}) => {
      const { name, ...unknown } = filter ?? {};
      return findByText(
        'team',
        list(options),
        { ...unknown, displayName: requireText('name', name) },
        ['displayName'],
        session.id,
      );
    },
    search: (teamId, query, { type, ...options }) => {
      const kind = word('Tabs', 'Files', 'Posts')('type', type, system.dialect.version);
      return searchBelow(session, `${ONE}/search`, team(teamId), options, { query, type: kind });
    },
    restore: async (teamId, options) =>
      restoreBelow(session, options, {
        ...common(teamId, 'all'),
        login: 'one',
        path: `${ONE}/restore`,
        params: team(teamId),
        fields: TEAM,
        required,
        nameOf: async () => (await get(teamId)).displayName,
      }),
    restoreMany: async (teams, options) =>
      restoreBelow(session, options, {
        workload: 'team',
        login: 'one',
        what: `the restore of ${teams?.length} teams`,
        path: `${TEAMS}/restore`,
        params: {},
        targets: requireSeveral('teams', teams),
        fields: TEAM,
        required,
        more: async () => ({ teams: teams.map(toWireItem) }),
      }),
    operatorRestore: async (teams, options) => {
      asOperator();
      return restoreBelow(session, options, {
        ...operator,
        workload: 'team',
        what: `the restore of ${teams?.length} teams`,
        path: `${TEAMS}/operatorRestore`,
        params: {},
        targets: requireSeveral('teams', teams),
        fields: { ...fields, reason: text },
        required: [...required, 'impersonationAccountName'],
        more: async () => ({ teams: teams.map(toWireItem) }),
      });
    },
    channels: {
      list: (teamId, { displayName, ...options } = {}) =>
        listBelow(session, `${ONE}/channels`, team(teamId), options, named({ displayName })),
      get: (teamId, channelId, options = {}) => getBelow(session, CHANNEL, channel(teamId, channelId), options),
      restore: async (teamId, channelId, options) =>
        restoreBelow(session, options, {
          ...common(teamId, `channel ${channelId}`),
          path: `${CHANNEL}/restore`,
          params: channel(teamId, channelId),
          fields: ONE_CHANNEL,
          required: Object.keys(ITEMS),
        }),
      operatorRestore: async (teamId, channelId, options) => {
        asOperator();
        return restoreBelow(session, options, {
          ...common(teamId, `channel ${channelId}`),
          ...operator,
          path: `${CHANNEL}/operatorRestore`,
          params: channel(teamId, channelId),
          fields: { ...ONE_CHANNEL, reason: text },
          required: Object.keys(ITEMS),
        });
      },
    },
    tabs: {
      list: (teamId, channelId, options = {}) =>
        listBelow(session, `${CHANNEL}/tabs`, channel(teamId, channelId), options),
      get: async (teamId, channelId, tabId, options = {}) => {
        requireSince(system, 'v6', 'get');
        const at = { ...channel(teamId, channelId), tabId: requireSegment('tabId', tabId) };
        return getBelow(session, `${CHANNEL}/tabs/{tabId}`, at, options);
      },
      restore: async (teamId, channelId, tab, options) => {
        const rules = { ...common(teamId, 'tabs'), fields: TABS, required: Object.keys(TABS) };
        const at = channel(teamId, channelId);
        if (typeof tab === 'string' && tab !== 'all') {
          const params = { ...at, tabId: requireSegment('tabId', tab) };
          return restoreBelow(session, options, { ...rules, path: `${CHANNEL}/tabs/{tabId}/restore`, params });
        }
        const more = async () => (typeof tab === 'string' ? {} : { tabs: requireSeveral('tabs', tab).map(toWireItem) });
        return restoreBelow(session, options, { ...rules, path: `${CHANNEL}/tabs/restore`, params: at, more });
      },
      operatorRestore: async (teamId, channelId, tabs, options) => {
        asOperator();
        const several = tabs === 'all' ? undefined : requireSeveral('tabs', tabs);
        return restoreBelow(session, options, {
          ...common(teamId, 'tabs'),
          ...operator,
          path: `${CHANNEL}/tabs/operatorRestore`,
          params: channel(teamId, channelId),
          fields: { ...TABS, reason: text },
          required: Object.keys(TABS),
          more: async () => (several ? { tabs: several.map(toWireItem) } : {}),
        });
      },
    },
    files: {
      list: (teamId, { channelId, parentId, ...options } = {}) =>
        listBelow(session, `${ONE}/files`, team(teamId), options, named({ channelId, parentId })),
      get: async (teamId, fileId, { channelId, ...options } = {}) => {
        const { path, params } = fileAt(teamId, fileId, channelId);
        const query = system.dialect.version < 'v8' ? named({ channelId }) : {};
        return getBelow(session, path, params, options, query);
      },
      search: (teamId, query, options = {}) =>
        searchBelow(session, `${ONE}/files/search`, team(teamId), options, { query }),
      restore: async (teamId, file, { channelId, ...options }) => {
        const rules = { ...common(teamId, 'files'), fields: FILES, required: Object.keys(FILES) };
        if (typeof file === 'string' && file !== 'all') {
          const { path, params } = fileAt(teamId, file, channelId);
          return restoreBelow(session, options, { ...rules, path: `${path}/restore`, params });
        }
        const chosen = filesOf(file, channelId);
        return restoreBelow(session, options, {
          ...rules,
          path: `${ONE}/files/restore`,
          params: team(teamId),
          more: async () => chosen,
        });
      },
      save: async (teamId, file, { channelId, asZip, ...options } = {}) => {
        if (typeof file === 'string' && file !== 'all') {
          const { path, params } = fileAt(teamId, file, channelId);
          return saveBelow(session, `${path}/save`, params, asZip === undefined ? {} : { asZip }, options);
        }
        return saveBelow(session, `${ONE}/files/save`, team(teamId), filesOf(file, channelId), options);
      },
      operatorRestore: async (teamId, files, { channelId, ...options }) => {
        asOperator();
        const chosen = filesOf(files, channelId);
        return restoreBelow(session, options, {
          ...common(teamId, 'files'),
          ...operator,
          path: `${ONE}/files/operatorRestore`,
          params: team(teamId),
          fields: { ...FILES, reason: text },
          required: Object.keys(FILES),
          more: async () => chosen,
        });
      },
    },
    posts: {
      list: (teamId, { channelId, parentId, ...options } = {}) =>
        listBelow(session, `${ONE}/posts`, team(teamId), options, named({ channelId, parentId })),
      search: (teamId, query, options = {}) =>
        searchBelow(session, `${ONE}/posts/search`, team(teamId), options, { query }),
      restore: async (teamId, options) =>
        restoreBelow(session, options, {
          ...common(teamId, 'posts'),
          path: `${ONE}/posts/restore`,
          params: team(teamId),
          fields: PERIOD,
          required: ['channelId'],
        }),
      export: async (teamId, posts, { channelId, from, to, ...options } = {}) => {
        const period = { ...optional('from', from), ...optional('to', to) };
        const body = { ...postsOf(posts, channelId), ...period };
        return saveBelow(session, `${ONE}/posts/export`, team(teamId), body, options);
      },
      save: async (teamId, posts, { channelId, ...options } = {}) =>
        saveBelow(session, `${ONE}/posts/save`, team(teamId), postsOf(posts, channelId), options),
      operatorRestore: async (teamId, { posts, ...options }) => {
        asOperator();
        const several = posts === undefined ? undefined : requireSeveral('posts', posts);
        return restoreBelow(session, options, {
          ...common(teamId, 'posts'),
          ...operator,
          path: `${ONE}/posts/operatorRestore`,
          params: team(teamId),
          fields: { ...PERIOD, reason: text },
          required: ['channelId'],
          more: async () => (several ? { posts: several.map(toWireItem) } : {}),
        });
      },
    },
  };

  function optional(field: 'from' | 'to', value: Date | string | undefined): object {
    return value === undefined ? {} : { [field]: moment(field, value, system.dialect.version) };
  }
}

/** Filters that are given. An empty text is refused, because the server could take it for no filter. */
function named(filters: Readonly<Record<string, string | undefined>>): object {
  return Object.fromEntries(
    Object.entries(filters).flatMap(([name, value]) => (value === undefined ? [] : [[name, requireText(name, value)]])),
  );
}

/** Files, or all files of a channel. */
function filesOf(files: string | readonly TeamFile[], channelId: string | undefined): object {
  if (typeof files === 'string') return { channelId: requireText('channelId', channelId) };
  return { files: requireSeveral('files', files).map(toWireItem) };
}

function postsOf(posts: 'all' | readonly TeamPost[], channelId: string | undefined): object {
  if (posts === 'all') return { channelId: requireText('channelId', channelId) };
  return { posts: requireSeveral('posts', posts).map(toWireItem) };
}
