import type { Answer } from '../answer.ts';
import type { Call, Route } from '../route.ts';
import { certificateProblem } from './certificate.ts';
import { contentOf, findThing } from './content-routes.ts';
import { type Entry, isIn } from './entries.ts';
import { fileAnswer, fileOf } from './files.ts';
import { inside } from './inside.ts';
import { itemStatistics, type Vocabulary } from './item-answers.ts';
import type { MailboxOrder, MailboxRestore } from './mailbox-restores.ts';
import { asBoolean, asObject, field, type JsonObject, readAction, readObject } from './request-body.ts';
import { mailboxStatistics } from './restore-answer.ts';
import { carryOut } from './restore-calls.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import type { Session } from './sessions.ts';
import type { BackupView, LiveMailbox } from './tenant.ts';

type Type = BackupView['type'];

/** A place below a session, and what can be done there. */
interface Place {
  readonly type: Type;
  /** Below the collection: '/{siteId}/Documents'. */
  readonly path: string;
  /** The name of the operations, and that of v5's single one. */
  readonly words: string;
  readonly v5?: string;
  /** The words of the answer. Undefined where nothing is restored. */
  readonly vocabulary?: Vocabulary;
  /** The action that restores to another place. */
  readonly elsewhere?: 'restoreTo' | 'copyTo';
  /** What is chosen by a list in the body. */
  readonly lists?: readonly string[];
  readonly saves?: 'zip' | 'plain' | 'pst';
  readonly exportsHtml?: boolean;
  /** The paths of single items of a list have capitals (VM-21). */
  readonly capital?: boolean;
  /** Its operator's restore exists since. */
  readonly operator?: 'v6' | 'v7';
  readonly since?: VeeamVersion | 'v8';
  readonly until?: VeeamVersion | 'v7';
}

const ROOTS = {
  Vex: '/organization/mailboxes',
  Veod: '/Organization/OneDrives',
  Vesp: '/Organization/Sites',
  Vet: '/organization/teams',
} as const;
const IDS = { Vex: 'mailboxId', Veod: 'oneDriveId', Vesp: 'siteId', Vet: 'teamId' } as const;

const PLACES: readonly Place[] = [
  { type: 'Vex', path: '/{mailboxId}', words: 'Mailbox', saves: 'pst', since: 'v6' },
  {
    type: 'Vex',
    path: '/{mailboxId}/folders/{folderId}',
    words: 'MailboxFolder',
    vocabulary: 'mailbox',
    elsewhere: 'restoreTo',
    saves: 'pst',
  },
  {
    type: 'Vex',
    path: '/{mailboxId}/items',
    words: 'MailboxItems',
    vocabulary: 'mailbox',
    elsewhere: 'restoreTo',
    lists: ['items'],
    saves: 'pst',
    operator: 'v6',
  },
  { type: 'Veod', path: '', words: 'OneDrives', vocabulary: 'one-drives', lists: ['oneDrives'] },
  {
    type: 'Veod',
    path: '/{oneDriveId}',
    words: 'OneDrive',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    saves: 'zip',
  },
  {
    type: 'Veod',
    path: '/{oneDriveId}/Folders',
    words: 'OneDriveFolders',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    lists: ['folders'],
    saves: 'zip',
  },
  {
    type: 'Veod',
    path: '/{oneDriveId}/Folders/{folderId}',
    words: 'OneDriveFolder',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    saves: 'zip',
  },
  {
    type: 'Veod',
    path: '/{oneDriveId}/Documents',
    words: 'OneDriveDocuments',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    lists: ['documents', 'documentsRestoreConfigs'],
    saves: 'zip',
    operator: 'v6',
  },
  {
    type: 'Veod',
    path: '/{oneDriveId}/Documents/{documentId}',
    words: 'OneDriveDocument',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    saves: 'plain',
  },
  {
    type: 'Veod',
    path: '/{oneDriveId}/Documents/{documentId}/Versions/{versionId}',
    words: 'OneDriveDocumentVersion',
    vocabulary: 'items',
    elsewhere: 'copyTo',
    saves: 'plain',
    since: 'v6',
  },
  { type: 'Vesp', path: '/{siteId}', words: 'Site', vocabulary: 'site', elsewhere: 'restoreTo' },
  {
    type: 'Vesp',
    path: '/{siteId}/Libraries/{libraryId}',
    words: 'SiteLibrary',
    vocabulary: 'list',
    elsewhere: 'restoreTo',
    saves: 'zip',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Lists/{listId}',
    words: 'SiteList',
    vocabulary: 'list',
    elsewhere: 'restoreTo',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Folders',
    words: 'SiteFolders',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    lists: ['folders'],
    saves: 'zip',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Folders/{folderId}',
    words: 'SiteFolder',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    saves: 'zip',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Documents',
    words: 'SiteDocuments',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    lists: ['documents', 'documentsRestoreConfigs'],
    saves: 'zip',
    operator: 'v6',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Documents/{documentId}',
    words: 'SiteDocument',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    saves: 'plain',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Documents/{documentId}/Versions/{versionId}',
    words: 'SiteDocumentVersion',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    saves: 'plain',
    since: 'v6',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Items',
    words: 'SiteItems',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    lists: ['items', 'itemsRestoreConfigs'],
    operator: 'v6',
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Items/{itemId}',
    words: 'SiteItem',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    capital: true,
  },
  {
    type: 'Vesp',
    path: '/{siteId}/Items/{itemId}/Versions/{versionId}',
    words: 'SiteItemVersion',
    vocabulary: 'items',
    elsewhere: 'restoreTo',
    since: 'v6',
  },
  { type: 'Vet', path: '', words: 'Teams', vocabulary: 'teams', lists: ['teams'], operator: 'v7' },
  { type: 'Vet', path: '/{teamId}', words: 'Team', vocabulary: 'teams' },
  {
    type: 'Vet',
    path: '/{teamId}/channels/{channelId}',
    words: 'TeamChannel',
    vocabulary: 'teams',
    operator: 'v7',
  },
  {
    type: 'Vet',
    path: '/{teamId}/channels/{channelId}/tabs',
    words: 'TeamTabs',
    vocabulary: 'teams',
    lists: ['tabs'],
    operator: 'v7',
  },
  {
    type: 'Vet',
    path: '/{teamId}/channels/{channelId}/tabs/{tabId}',
    words: 'TeamTab',
    vocabulary: 'teams',
  },
  {
    type: 'Vet',
    path: '/{teamId}/files',
    words: 'TeamFiles',
    vocabulary: 'teams',
    lists: ['files'],
    saves: 'zip',
    operator: 'v7',
  },
  {
    type: 'Vet',
    path: '/{teamId}/files/{fileId}',
    words: 'TeamFile',
    vocabulary: 'teams',
    saves: 'plain',
    until: 'v7',
  },
  {
    type: 'Vet',
    path: '/{teamId}/channels/{channelId}/files/{fileId}',
    words: 'TeamChannelFile',
    vocabulary: 'teams',
    saves: 'plain',
    since: 'v8',
  },
  {
    type: 'Vet',
    path: '/{teamId}/posts',
    words: 'TeamPosts',
    vocabulary: 'teams',
    lists: ['posts'],
    saves: 'zip',
    exportsHtml: true,
    operator: 'v7',
  },
];

/** What a call does at a place. */
interface Asked {
  readonly place: Place;
  readonly verb: 'restore' | 'elsewhere' | 'save' | 'export';
  readonly input: JsonObject;
  readonly isOperator?: boolean;
}

/** Restores, copies and files of what is below a session. */
export function contentActions(server: VeeamServer, version: VeeamVersion): readonly Route[] {
  const base = `/${version}/RestoreSessions/{restoreSessionId}`;
  const route = (
    operationId: string,
    path: string,
    handle: (call: Call, session: Session) => Answer | Promise<Answer>,
  ): Route => ({
    operationId,
    method: 'POST',
    path: base + path,
    anyCase: true,
    role: 'other',
    handle: (call) => inside(server, call, (_, session) => server.echo(call, 'restore') ?? handle(call, session)),
  });
  const act = (call: Call, session: Session, asked: Asked) => perform(server, version, call, session, asked);
  const places = PLACES.filter(({ since = 'v5', until = 'v9' }) => version >= since && version <= until);
  if (version === 'v5') {
    return [
      ...places.map((place) =>
        route(`actOn${place.words}`, `${ROOTS[place.type]}${place.path}/action`, (call, session) => {
          const asked = readActionOf(server, call, place);
          return asked ? act(call, session, asked) : server.badRequest('The request body is not valid.');
        }),
      ),
      route('actOnMailboxItem', `${ROOTS.Vex}/{mailboxId}/items/{itemId}/action`, (call, session) => {
        const place = PLACES.find(({ words }) => words === 'MailboxItems');
        const name = readAction(call)?.name.toLowerCase();
        if (name !== 'savetomsg' || !place) return server.badRequest('The request body is not valid.');
        return act(call, session, { place: { ...place, saves: 'plain' }, verb: 'save', input: {} });
      }),
    ];
  }
  return places.flatMap((place) => {
    const path = ROOTS[place.type] + place.path;
    const { words, elsewhere, saves, capital, operator, type } = place;
    const to = (verb: string) => `${path}/${capital ? `${verb[0]?.toUpperCase()}${verb.slice(1)}` : verb}`;
    const withBody =
      (verb: Asked['verb'], more: Partial<Asked> = {}) =>
      (call: Call, session: Session) => {
        const input = readObject(call);
        // Saving a whole thing takes no body.
        if (!input && verb !== 'save') return server.badRequest('The request body is not valid.');
        return act(call, session, { place: { ...place, ...more.place }, verb, input: input ?? {}, ...more });
      };
    return [
      ...(place.vocabulary ? [route(`restore${words}`, to('restore'), withBody('restore'))] : []),
      ...(elsewhere
        ? [route(elsewhere === 'copyTo' ? `copy${words}` : `restore${words}To`, to(elsewhere), withBody('elsewhere'))]
        : []),
      ...(operator && version >= operator
        ? [route(`operatorRestore${words}`, `${path}/operatorRestore`, withBody('restore', { isOperator: true }))]
        : []),
      ...(type === 'Vex'
        ? [route(`export${words}`, `${path}/exportToPst`, withBody('save'))]
        : saves
          ? [route(`save${words}`, `${path}/save`, withBody('save'))]
          : []),
      ...(words === 'MailboxItems'
        ? [
            route('saveMailboxItems', `${path}/Save`, withBody('save', { place: { ...place, saves: 'plain' } })),
            route(
              'saveMailboxItem',
              `${path}/{itemId}/save`,
              withBody('save', { place: { ...place, saves: 'plain' } }),
            ),
          ]
        : []),
      ...(place.exportsHtml ? [route(`export${words}`, `${path}/export`, withBody('export'))] : []),
    ];
  });
}

/** The export of a whole mailbox: in v5 an action of the path that restores it. */
export function exportMailbox(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
): Answer | Promise<Answer> {
  const place = { type: 'Vex', path: '/{mailboxId}', words: 'Mailbox', saves: 'pst' } as const;
  return perform(server, version, call, session, { place, verb: 'save', input: {} });
}

/** What a v5 action asks for; undefined where its key is not one of the place. */
function readActionOf(server: VeeamServer, call: Call, place: Place): Asked | undefined {
  const action = readAction(call);
  if (!action) return undefined;
  const name = server.scenario.strict ? action.name : action.name.toLowerCase();
  const is = (word: string) => name === (server.scenario.strict ? word : word.toLowerCase());
  const input = asObject(action.input) ?? {};
  const { type, elsewhere, saves } = place;
  const own = {
    Vex: 'restoretoOriginallocation',
    Veod: 'restoretoOriginallocation',
    Vesp: 'restoreTo',
    Vet: 'restore',
  }[type];
  if (is(own) && place.vocabulary) return { place, verb: 'restore', input };
  if (elsewhere && is(elsewhere)) return { place, verb: 'elsewhere', input };
  if (type === 'Vex' && is('exporttoPst')) return { place, verb: 'save', input };
  if (type === 'Vex' && is('savetoMsg')) return { place: { ...place, saves: 'plain' }, verb: 'save', input };
  if (saves && is('save')) return { place, verb: 'save', input };
  return place.exportsHtml && is('export') ? { place, verb: 'export', input } : undefined;
}

function perform(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  asked: Asked,
): Answer | Promise<Answer> {
  const { place, verb, input } = asked;
  const { strict } = server.scenario;
  const isWhole = place.path === '';
  const chosen = (name: string) => listIn(input, name, strict);
  if (isWhole) {
    const [name = ''] = place.lists ?? [];
    const listed = chosen(name);
    const things = (listed ?? []).map((each) => findThing(server, session, place.type, idIn(each)));
    const found = things.filter((thing) => thing !== undefined);
    if (!listed) return server.badRequest(`${name} must be given.`);
    const skips = asBoolean(field(input, 'skipUnresolved', strict)) === true;
    if (found.length < things.length && !skips) return server.badRequest('Something was not found.');
    return start(server, version, call, session, asked, found, () => true);
  }
  const shown = contentOf(server, version, call, session, place.type);
  const thing = server.tenant
    .thingsOf(place.type)
    .find(({ id }) => id.toLowerCase() === call.params[IDS[place.type]]?.toLowerCase());
  if (!thing) return server.notFound('resource');
  const entries = shown?.entries ?? [];
  const selected = selectionOf(server, call, asked, entries);
  if (typeof selected === 'string') return server.notFound(selected);
  if (verb === 'save' || verb === 'export') {
    const kind = verb === 'export' ? 'plain' : (place.saves ?? 'zip');
    return fileAnswer(server, call, fileOf(selected, kind));
  }
  const ids = new Set(selected.map(({ id }) => id));
  return start(server, version, call, session, asked, [thing], (id) => ids.has(id));
}

/** The entries that the path and the body choose; the name of what was not found. */
function selectionOf(
  server: VeeamServer,
  call: Call,
  { place, input }: Asked,
  entries: readonly Entry[],
): readonly Entry[] | string {
  const { strict } = server.scenario;
  const holders = ['folderId', 'documentId', 'itemId', 'libraryId', 'listId', 'channelId', 'tabId', 'fileId'];
  const inPath = holders.flatMap((name) => call.params[name] ?? []);
  const missing = inPath.find((id) => !entries.some((entry) => entry.id.toLowerCase() === id.toLowerCase()));
  if (missing !== undefined) return 'item';
  const channelId = field(input, 'channelId', strict);
  const inside = [...inPath, ...(typeof channelId === 'string' ? [channelId] : [])];
  const lists = (place.lists ?? []).flatMap((name) => listIn(input, name, strict) ?? []);
  const ids = lists.map((each) => idIn(asObject(each)?.document ?? asObject(each)?.item ?? each));
  const isListed = lists.length > 0;
  if (isListed && ids.some((id) => id === undefined || !entries.some((entry) => entry.id === id))) return 'item';
  const kinds: Readonly<Record<string, Entry['kind']>> = { TeamTabs: 'tab', TeamFiles: 'file', TeamPosts: 'post' };
  const kind = kinds[place.words];
  return entries.filter(
    (entry) =>
      inside.every((id) => isIn(entries, entry, id)) &&
      (!isListed || ids.some((id) => id !== undefined && isIn(entries, entry, id))) &&
      (kind === undefined || entry.kind === kind),
  );
}

function start(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  session: Session,
  { place, verb, input, isOperator = false }: Asked,
  things: readonly LiveMailbox[],
  only: (id: string) => boolean,
): Answer | Promise<Answer> {
  const { strict, mailboxRestore: settings = {} } = server.scenario;
  const problem = requirementOf(place, input, version, isOperator);
  if (problem !== undefined) return server.badRequest(problem);
  const refusal = version >= 'v6' && certificateProblem(server, input);
  if (refusal) return refusal;
  const is = (name: string) => asBoolean(field(input, name, strict)) ?? true;
  const keeps = String(field(input, 'documentAction', strict)).toLowerCase() === 'keep';
  const changedItems = is('changedItems') && is('restoreChangedItems') && is('restoreChangedTabs') && !keeps;
  const deletedItems = is('deletedItems') && is('restoreMissingItems') && is('restoreMissingTabs');
  const versionId = Number(call.params.versionId);
  const orders: MailboxOrder[] = [];
  for (const thing of things) {
    const target = verb === 'elsewhere' ? targetOf(server, place.type, input, thing) : thing;
    if (!target) return server.badRequest('The target was not found.');
    orders.push({
      mailbox: thing,
      target,
      changedItems,
      deletedItems,
      only,
      ...(Number.isInteger(versionId) && { contentOf: () => `revision ${versionId - 1}` }),
      isUnresolved: things.length > 1 && (settings.unresolvedMailboxes?.includes(thing.position) ?? false),
    });
  }
  const { vocabulary = 'items' } = place;
  const toBody = (restore: MailboxRestore) => {
    const [outcome] = restore.outcomes;
    if (vocabulary !== 'mailbox') return itemStatistics(restore, vocabulary, settings);
    return outcome && mailboxStatistics(outcome, settings);
  };
  return carryOut(server, version, call, session, orders, toBody, isOperator);
}

/** What the API wants in a body. */
function requirementOf(
  place: Place,
  input: JsonObject,
  version: VeeamVersion,
  isOperator: boolean,
): string | undefined {
  if (version === 'v5' || place.type !== 'Vet') {
    const needs = isOperator && place.type === 'Veod' ? ['documentAction', 'documentsRestoreConfigs'] : [];
    return needs.find((name) => field(input, name) === undefined);
  }
  const items = ['restoreChangedItems', 'restoreMissingItems'];
  const required =
    {
      Teams: [...items, 'restoreMembers', 'restoreSettings'],
      Team: [...items, 'restoreMembers', 'restoreSettings'],
      TeamChannel: items,
      TeamTabs: ['restoreChangedTabs', 'restoreMissingTabs'],
      TeamTab: ['restoreChangedTabs', 'restoreMissingTabs'],
      TeamFiles: [...items, 'fileVersion'],
      TeamFile: [...items, 'fileVersion'],
      TeamChannelFile: [...items, 'fileVersion'],
      TeamPosts: ['channelId'],
    }[place.words] ?? [];
  const missing = required.find((name) => field(input, name) === undefined);
  return missing === undefined ? undefined : `${missing} must be given.`;
}

/** Where a restore to another place goes; without a target, to where it was. */
function targetOf(server: VeeamServer, type: Type, input: JsonObject, thing: LiveMailbox): LiveMailbox | undefined {
  const { strict } = server.scenario;
  const things = server.tenant.thingsOf(type);
  const name = { Vex: 'mailbox', Veod: 'onedrive', Vesp: 'siteURL', Vet: '' }[type];
  const wanted = name === '' ? undefined : field(input, name, strict);
  if (wanted === undefined || wanted === null) return thing;
  const text = String(idIn(wanted) ?? wanted).toLowerCase();
  return things.find(({ id, email, url }) => [id, email, url].some((each) => each?.toLowerCase() === text));
}

function listIn(input: JsonObject, name: string, strict: boolean | undefined): readonly unknown[] | undefined {
  const list = field(input, name, strict);
  return Array.isArray(list) ? list : undefined;
}

function idIn(value: unknown): string | undefined {
  const object = asObject(value);
  const id = object && (field(object, 'id') ?? field(object, 'postId'));
  return id === undefined || id === null ? undefined : String(id);
}
