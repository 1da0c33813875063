import type { components } from '../../../generated/cloud-foundry.d.ts';
import type { Call } from '../route.ts';
import { badQuery } from './errors.ts';
import { quoted, readName } from './query-values.ts';

type Pagination = components['schemas']['Pagination'];
type Link = components['schemas']['Link'];

/** Only these are written with a key in brackets. */
const KEYED: readonly string[] = ['fields', 'created_ats', 'updated_ats'];

/** Orders by a field; undefined for the one that is not allowed. */
export type Orders<Item> = Readonly<Record<string, (item: Item) => string>>;

/** What all lists of the v3 API read of a query: the page and the order. Or the answer to a wrong one. */
export function readPage<Item>(
  call: Call,
  { parameters, orders }: { readonly parameters: readonly string[]; readonly orders: Orders<Item> },
): { readonly show: (found: readonly Item[], base: string) => { items: Item[]; pagination: Pagination } } | Response {
  const query = call.url.searchParams;
  const unknown = unknownParameters(query, [...parameters, 'page', 'per_page', 'order_by']);
  if (unknown) return unknown;
  const page = readNumber(query.get('page'), 1, Number.MAX_SAFE_INTEGER);
  const perPage = readNumber(query.get('per_page'), 50, 5000);
  if (page === undefined) return badQuery('Page must be a positive integer');
  if (perPage === undefined) return badQuery('Per page must be between 1 and 5000');
  const [, direction, field = ''] = /^([+-]?)(.*)$/.exec(query.get('order_by') ?? 'created_at') ?? [];
  const read = Object.hasOwn(orders, field) ? orders[field] : undefined;
  if (!read) return badQuery(`Order by can only be: ${quoted(Object.keys(orders))}`);
  return {
    show: (found, base) => {
      const sorted = found.toSorted((a, b) => (read(a) < read(b) ? -1 : Number(read(a) > read(b))));
      if (direction === '-') sorted.reverse();
      const items = sorted.slice((page - 1) * perPage, page * perPage);
      return { items, pagination: paginate(call, { base, total: found.length, page, perPage }) };
    },
  };
}

/** The answer to a query with parameters that are not known; undefined if all are. */
export function unknownParameters(query: URLSearchParams, known: readonly string[]): Response | undefined {
  const unknown = [...query.keys()].filter((name) => {
    const { parameter, key } = readName(name);
    return !known.includes(parameter) || (key !== undefined && !KEYED.includes(parameter));
  });
  if (unknown.length === 0) return undefined;
  return badQuery(`Unknown query parameter(s): ${quoted(unknown)}. Valid parameters are: ${quoted(known)}`);
}

function paginate(
  call: Call,
  {
    base,
    total,
    page,
    perPage,
  }: { readonly base: string; readonly total: number; readonly page: number; readonly perPage: number },
): Pagination {
  const pages = Math.max(1, Math.ceil(total / perPage));
  const link = (to: number): Link => {
    const query = new URLSearchParams(call.url.searchParams);
    query.set('page', String(to));
    query.set('per_page', String(perPage));
    return { href: `${base}${call.url.pathname}?${query}` };
  };
  return {
    total_results: total,
    total_pages: pages,
    first: link(1),
    last: link(pages),
    next: page < pages ? link(page + 1) : null,
    previous: page > 1 ? link(page - 1) : null,
  };
}

function readNumber(text: string | null, byDefault: number, most: number): number | undefined {
  if (text === null) return byDefault;
  const value = /^[1-9]\d*$/.test(text) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : undefined;
}
