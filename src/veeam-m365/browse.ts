import type { CallOptions } from '../client/client-options.ts';
import type { Items } from '../client/items.ts';
import { RequestTimeoutError } from '../errors/request-timeout-error.ts';
import { requireText } from '../errors/require.ts';
import { explainChildError } from './explain-error.ts';
import { listed, type PageOptions } from './pages.ts';
import { ItemSchema, idOf, type SessionItem, toSessionItem } from './session-item.ts';
import {
  type GetPath,
  type PathParams,
  type PostPath,
  postBelow,
  readBelow,
  requireSince,
  type SessionOf,
} from './session-requests.ts';
import type { VeeamSystem } from './veeam-system.ts';

/** How the content of a session is read. A page of a large tenant takes 45 s or more, so it is not asked for often. */
export const BROWSING = { usualTimeoutMs: 300_000, tries: 2 } as const;

export type BrowseOptions = PageOptions & CallOptions;

/** All things of a list, over all pages (VM-23). */
export function listBelow<Item extends SessionItem>(
  session: SessionOf,
  path: GetPath,
  params: PathParams,
  options: BrowseOptions,
  filter: object = {},
): Items<Item> {
  return pagesOf(session, options, (query) => readBelow(session, path, params, { ...filter, ...query }));
}

/** All things that a search finds, over all pages. */
export function searchBelow<Item extends SessionItem>(
  session: SessionOf,
  path: PostPath,
  params: PathParams,
  options: BrowseOptions,
  search: { readonly query: string } & Readonly<Record<string, unknown>>,
): Items<Item> {
  requireSince(session.system, 'v6', 'search');
  const body = { ...search, query: requireText('query', search.query) };
  return pagesOf(session, options, (query) => postBelow(session, path, params, { body, query }));
}

function pagesOf<Item extends SessionItem>(
  session: SessionOf,
  options: BrowseOptions,
  send: Parameters<typeof listed>[0]['send'],
): Items<Item> {
  const { system, id } = session;
  return listed({
    system,
    send,
    schema: ItemSchema,
    toItem: (wire) => toSessionItem<Item>(wire),
    idOf,
    options,
    ...BROWSING,
    explain: (error) => explainBrowsing(system, id, error, options),
  });
}

/** One thing by its id. */
export async function getBelow<Item extends SessionItem>(
  { system, id, ...session }: SessionOf,
  path: GetPath,
  params: PathParams,
  options: CallOptions,
  query: object = {},
): Promise<Item> {
  try {
    const request = readBelow({ system, id, ...session }, path, params, query);
    return toSessionItem<Item>(await system.read(request, ItemSchema, { ...options, ...BROWSING }));
  } catch (error) {
    throw await explainBrowsing(system, id, error, options);
  }
}

/** The error of a call that reads the content of a session: one that took too long names the option. */
export async function explainBrowsing(
  system: VeeamSystem,
  sessionId: string,
  error: unknown,
  options: CallOptions,
): Promise<unknown> {
  if (!RequestTimeoutError.isInstance(error)) return explainChildError(system, sessionId, error, options);
  const { message, timeoutMs } = error;
  return new RequestTimeoutError(
    `${message} Large organizations take long to browse: raise requestTimeoutMs, or list less with limit.`,
    { timeoutMs },
  );
}
