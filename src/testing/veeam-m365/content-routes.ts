import { type Answer, jsonAnswer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { type Entry, type EntryKind, entriesOf, isIn } from './entries.ts';
import { entryBody, type Shown, thingBody } from './entry-bodies.ts';
import { inside } from './inside.ts';
import { linker } from './links.ts';
import { pageAnswer, query } from './paging.ts';
import { field, readObject } from './request-body.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import type { BackupView, LiveMailbox } from './tenant.ts';

/** The collections of a session, with the names that paths and ids have. */
const COLLECTIONS = {
  Vex: { path: '/organization/mailboxes', id: 'mailboxId', one: 'Mailbox' },
  Veod: { path: '/Organization/OneDrives', id: 'oneDriveId', one: 'OneDrive' },
  Vesp: { path: '/Organization/Sites', id: 'siteId', one: 'Site' },
  Vet: { path: '/organization/teams', id: 'teamId', one: 'Team' },
} as const;

/** Lists below one mailbox, OneDrive, site or team: path, the id of an entry, the words of the operations, what is shown. */
const LISTS: readonly {
  readonly type: BackupView['type'];
  readonly path: string;
  readonly id: string;
  readonly words: readonly [several: string, one: string];
  readonly kinds: readonly EntryKind[];
  readonly hasVersions?: boolean;
}[] = [
  { type: 'Vex', path: '/folders', id: 'folderId', words: ['MailboxFolders', 'MailboxFolder'], kinds: ['folder'] },
  { type: 'Vex', path: '/items', id: 'itemId', words: ['MailboxItems', 'MailboxItem'], kinds: ['message'] },
  { type: 'Veod', path: '/Folders', id: 'folderId', words: ['OneDriveFolders', 'OneDriveFolder'], kinds: ['folder'] },
  {
    type: 'Veod',
    path: '/Documents',
    id: 'documentId',
    words: ['OneDriveDocuments', 'OneDriveDocument'],
    kinds: ['document'],
    hasVersions: true,
  },
  { type: 'Vesp', path: '/Libraries', id: 'libraryId', words: ['SiteLibraries', 'SiteLibrary'], kinds: ['library'] },
  { type: 'Vesp', path: '/Lists', id: 'listId', words: ['SiteLists', 'SiteList'], kinds: ['list'] },
  { type: 'Vesp', path: '/Folders', id: 'folderId', words: ['SiteFolders', 'SiteFolder'], kinds: ['folder'] },
  {
    type: 'Vesp',
    path: '/Documents',
    id: 'documentId',
    words: ['SiteDocuments', 'SiteDocument'],
    kinds: ['document'],
    hasVersions: true,
  },
  {
    type: 'Vesp',
    path: '/Items',
    id: 'itemId',
    words: ['SiteItems', 'SiteItem'],
    kinds: ['item'],
    hasVersions: true,
  },
  { type: 'Vet', path: '/channels', id: 'channelId', words: ['TeamChannels', 'TeamChannel'], kinds: ['channel'] },
  {
    type: 'Vet',
    path: '/channels/{channelId}/tabs',
    id: 'tabId',
    words: ['TeamTabs', 'TeamTab'],
    kinds: ['tab'],
  },
  { type: 'Vet', path: '/files', id: 'fileId', words: ['TeamFiles', 'TeamFile'], kinds: ['file'] },
  { type: 'Vet', path: '/posts', id: 'postId', words: ['TeamPosts', 'TeamPost'], kinds: ['post'] },
];

/** Searches: the operation, where it is, and what it finds. */
const SEARCHES: readonly (readonly [
  operationId: string,
  type: BackupView['type'],
  path: string,
  kinds: readonly EntryKind[],
])[] = [
  ['searchMailbox', 'Vex', '/{mailboxId}/search', ['message']],
  ['searchMailboxFolder', 'Vex', '/{mailboxId}/folders/{folderId}/search', ['message']],
  ['searchOneDrive', 'Veod', '/{oneDriveId}/search', ['document', 'folder']],
  ['searchOneDriveFolder', 'Veod', '/{oneDriveId}/Folders/{folderId}/search', ['document', 'folder']],
  ['searchSite', 'Vesp', '/{siteId}/search', ['document', 'item', 'folder']],
  ['searchTeam', 'Vet', '/{teamId}/search', ['tab', 'file', 'post']],
  ['searchTeamFiles', 'Vet', '/{teamId}/files/search', ['file']],
  ['searchTeamPosts', 'Vet', '/{teamId}/posts/search', ['post']],
  ['searchMailboxes', 'Vex', '/search', ['message']],
  ['searchOneDrives', 'Veod', '/search', ['document', 'folder']],
  ['searchSites', 'Vesp', '/search', ['document', 'item', 'folder']],
];

/** What a session shows below mailboxes, and all that it shows of OneDrives, sites and teams. */
export function contentRoutes(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const base = `/${version}/RestoreSessions/{restoreSessionId}`;
  const isV5 = version === 'v5';
  const route = (
    method: 'GET' | 'POST',
    operationId: string,
    path: string,
    handle: (call: Call, session: Session) => Answer,
  ): Route => ({
    operationId,
    method,
    path: base + path,
    anyCase: true,
    role: 'other',
    handle: (call) =>
      inside(server, call, async (_, session) => {
        const { browsingMs = 0 } = server.scenario;
        if (browsingMs > 0) await server.clock.sleep(browsingMs, call.request.signal);
        return handle(call, session);
      }),
  });
  const page = (call: Call, session: Session, items: readonly object[]) =>
    pageAnswer(server, version, call, {
      path: below(call, session),
      items,
      toBody: (body) => body,
    });

  const things = (['Veod', 'Vesp', 'Vet'] as const).flatMap((type) => {
    const { path, id, one } = COLLECTIONS[type];
    const bodyOf = (call: Call, session: Session, thing: LiveMailbox) =>
      thingBody(thing, linker(version, call.url, server.scenario), `/RestoreSessions/${session.id}${path}/${thing.id}`);
    return [
      route('GET', `list${one}s`, path, (call, session) => {
        const name = query(call, 'displayName');
        // Sites have no subsites here.
        const shown = query(call, 'parentId') === undefined ? server.thingsOf(session, type) : [];
        const named = shown.filter((thing) => name === undefined || thing.name === name);
        return page(
          call,
          session,
          named.map((thing) => bodyOf(call, session, thing)),
        );
      }),
      route('GET', `get${one}`, `${path}/{${id}}`, (call, session) => {
        const thing = findThing(server, session, type, call.params[id]);
        return thing ? jsonAnswer(bodyOf(call, session, thing)) : server.notFound(one);
      }),
    ];
  });

  const lists = LISTS.flatMap(({ type, path, id, words: [several, one], kinds, hasVersions }) => {
    const collection = COLLECTIONS[type];
    const whole = `${collection.path}/{${collection.id}}${path}`;
    const found = (call: Call, session: Session) => findEntry(server, version, call, session, type, id);
    const isHidden = (name: string) => isV5 && name === 'getTeamTab';
    return [
      route('GET', `list${several}`, whole, (call, session) => {
        const shown = contentOf(server, version, call, session, type);
        if (!shown) return server.notFound(collection.one);
        const entries = shown.entries.filter((entry) => kinds.includes(entry.kind) && isAskedFor(call, entry));
        return page(
          call,
          session,
          entries.map((entry) => entryBody(entry, shown)),
        );
      }),
      // The document of the vendor has one post too; no call of this package needs it.
      ...(id === 'postId' || isHidden(`get${one}`) || (id === 'fileId' && version >= 'v8')
        ? []
        : [
            route('GET', `get${one}`, `${whole}/{${id}}`, (call, session) => {
              const entry = found(call, session);
              return entry ? jsonAnswer(entryBody(entry.entry, entry.shown)) : server.notFound('item');
            }),
          ]),
      ...(id === 'fileId' && version >= 'v8'
        ? [
            route(
              'GET',
              'getTeamChannelFile',
              `${collection.path}/{teamId}/channels/{channelId}/files/{fileId}`,
              (call, session) => {
                const entry = found(call, session);
                return entry ? jsonAnswer(entryBody(entry.entry, entry.shown)) : server.notFound('item');
              },
            ),
          ]
        : []),
      ...(hasVersions && !isV5
        ? [
            route('GET', `list${one}Versions`, `${whole}/{${id}}/Versions`, (call, session) => {
              const entry = found(call, session);
              if (!entry) return server.notFound('item');
              const numbers = Array.from({ length: entry.shown.point.generation + 1 }, (_, index) => index + 1);
              return page(
                call,
                session,
                numbers.map((number) => entryBody(entry.entry, entry.shown, number)),
              );
            }),
          ]
        : []),
    ];
  });

  const searches = isV5
    ? []
    : SEARCHES.map(([operationId, type, path, kinds]) =>
        route('POST', operationId, COLLECTIONS[type].path + path, (call, session) => {
          const body = readObject(call);
          const wanted = body && field(body, 'query', server.scenario.strict);
          if (!body || typeof wanted !== 'string') return server.badRequest('query must be given.');
          const only = call.params[COLLECTIONS[type].id];
          const things = server
            .thingsOf(session, type)
            .filter((thing) => only === undefined || thing.id.toLowerCase() === only.toLowerCase());
          const results = things.flatMap((thing) => {
            const shown = shownOf(server, version, call, session, thing);
            return shown.entries
              .filter(
                (entry) =>
                  kinds.includes(entry.kind) &&
                  isOfType(entry, body.type) &&
                  (call.params.folderId === undefined || isIn(shown.entries, entry, call.params.folderId)) &&
                  entry.name.toLowerCase().includes(wanted.toLowerCase()),
              )
              .map((entry) => entryBody(entry, shown));
          });
          return page(call, session, results);
        }),
      );
  return [...searches, ...things, ...lists];
}

interface Content extends Shown {
  readonly entries: readonly Entry[];
}

/** What the session shows of the mailbox, OneDrive, site or team in the path. */
export function contentOf(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  type: BackupView['type'],
): Content | undefined {
  const thing = findThing(server, session, type, call.params[COLLECTIONS[type].id]);
  return thing && shownOf(server, version, call, session, thing);
}

export function findThing(
  server: VeeamServer,
  session: Session,
  type: BackupView['type'],
  id: string | undefined,
): LiveMailbox | undefined {
  return server.thingsOf(session, type).find((thing) => thing.id.toLowerCase() === id?.toLowerCase());
}

function shownOf(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  thing: LiveMailbox,
): Content {
  const point = server.tenant.pointOf(session, thing);
  if (!point) throw new Error('A session shows a thing that it has no backup of.');
  const path = `/RestoreSessions/${session.id}${COLLECTIONS[thing.workload].path}/${thing.id}`;
  const link = linker(version, call.url, server.scenario);
  return { version, thing, point, link, path, entries: entriesOf(thing, server.tenant.backedUp(point, thing)) };
}

function findEntry(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  type: BackupView['type'],
  id: string,
): { readonly entry: Entry; readonly shown: Content } | undefined {
  const shown = contentOf(server, version, call, session, type);
  const entry = shown?.entries.find((each) => each.id.toLowerCase() === call.params[id]?.toLowerCase());
  return shown && entry && { entry, shown };
}

/** The filters of the lists. */
function isAskedFor(call: Call, { parentId, name, id }: Entry): boolean {
  const isSame = (wanted: string | undefined, value: string | undefined) =>
    wanted === undefined || wanted.toLowerCase() === value?.toLowerCase();
  const channel = call.params.channelId ?? query(call, 'channelId');
  // 'null' asks for what is in no folder.
  const parent = query(call, 'parentId') ?? query(call, 'folderId');
  return (
    isSame(parent === 'null' ? undefined : parent, parentId) &&
    isSame(query(call, 'name'), name) &&
    isSame(query(call, 'displayName'), name) &&
    (channel === undefined || channel === id || isSame(channel, parentId))
  );
}

function isOfType({ kind }: Entry, type: unknown): boolean {
  return typeof type !== 'string' || `${kind}s` === type.toLowerCase();
}

/** The path of a call below its version, as links have it. */
function below(call: Call, session: Session): string {
  const path = call.url.pathname;
  return `/RestoreSessions/${session.id}${path.slice(path.toLowerCase().indexOf(session.id) + session.id.length)}`;
}
