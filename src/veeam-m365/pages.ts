import type { CallOptions } from '../client/client-options.ts';
import { checkPageCount, type Items, itemsOf } from '../client/items.ts';
import type { System } from '../client/system.ts';
import { optionalWhole } from '../errors/require.ts';
import type { Answer } from '../http/answer.ts';
import type { ApiRequest } from '../http/api-request.ts';
import * as z from '../schema/schema.ts';
import { omitUndefined } from '../values/omit-undefined.ts';
import { pageSchema } from './schemas.ts';
import type { PageQuery } from './shared-requests.ts';

export interface PageOptions {
  /** Items for each request, 1 to 10,000. @default the server's own, 30 */
  readonly limit?: number;
}

interface Listed<Wire, Item> {
  readonly system: System;
  readonly send: (query: PageQuery) => ApiRequest;
  readonly schema: z.SchemaOf<Wire>;
  readonly toItem: (wire: Wire) => Item;
  readonly options: PageOptions & CallOptions;
  /** @default its `id` */
  readonly idOf?: (wire: Wire) => unknown;
  /** 'poll': no page is asked for again. @default 'read' */
  readonly mode?: 'read' | 'poll';
  /** See `Call`. */
  readonly usualTimeoutMs?: number;
  /** See `Call`. */
  readonly tries?: number;
  /** Refuses the answer of a page. @throws {UnexpectedResponseError} */
  readonly check?: (answer: Answer) => void;
  /** Gives an error of a page the type that it stands for. */
  readonly explain?: (error: unknown) => Promise<unknown>;
}

/** @throws {ConfigurationError} */
export function checkLimit(limit: number | undefined): void {
  optionalWhole('limit', limit, 1, 10_000);
}

/**
 * The items of a list over all its pages, each once. Goes on by offset until a page has no `next`, is short, or brings
 * nothing new, so that a `next` that leads in a circle ends it (VM-23); no link is followed (VM-20).
 */
export function listed<Wire extends { readonly id?: unknown }, Item>(list: Listed<Wire, Item>): Items<Item> {
  const { limit, ...callOptions } = list.options;
  checkLimit(limit);
  const schema = pageSchema(list.schema);
  const read = async (query: PageQuery) => {
    try {
      const answer = await list.system.transport.send(list.send(query), {
        ...callOptions,
        mode: list.mode ?? 'read',
        usualTimeoutMs: list.usualTimeoutMs,
        tries: list.tries,
      });
      list.check?.(answer);
      return list.system.parse(schema, { ...answer, body: toPage(answer.body) });
    } catch (error) {
      throw list.explain ? await list.explain(error) : error;
    }
  };
  return itemsOf(async function* () {
    const { idOf = ({ id }) => id } = list;
    const seen = new Set<unknown>();
    let offset = 0;
    for (let pages = 1; ; pages += 1) {
      const page = await read(omitUndefined({ limit, offset: offset > 0 ? offset : undefined }));
      const fresh = page.results.filter((wire) => !seen.has(idOf(wire)));
      for (const wire of fresh) {
        seen.add(idOf(wire));
        yield list.toItem(wire);
      }
      if (fresh.length === 0 || isLast(page)) return;
      checkPageCount(pages);
      offset += page.results.length;
    }
  });
}

/** The items of a list that is complete in one answer; undefined where it is not, or not of the documented shape. */
export function wholeList<Wire>(schema: z.SchemaOf<Wire>, body: unknown): readonly Wire[] | undefined {
  const page = z.safeParse(pageSchema(schema), toPage(body)).data;
  return page && isLast(page) ? page.results : undefined;
}

/** Up to v7 a list may be a bare array where v8 has a page (VM-22): that is a page without a next one. */
function toPage(body: unknown): unknown {
  return Array.isArray(body) ? { results: body, _links: {} } : body;
}

interface Page {
  readonly limit?: number | null | undefined;
  readonly results: readonly unknown[];
  readonly _links?: { readonly next?: unknown } | null | undefined;
}

/** Whether a page says that it is the last one. Links that are missing altogether say nothing; a short page does. */
function isLast({ limit, results, _links }: Page): boolean {
  const hasNoNext = _links !== null && _links !== undefined && !_links.next;
  return hasNoNext || (typeof limit === 'number' && results.length < limit);
}
