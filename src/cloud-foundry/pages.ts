import type { CallOptions } from '../client/client-options.ts';
import { checkPageCount } from '../client/items.ts';
import { ownPath } from '../client/own-path.ts';
import type { System } from '../client/system.ts';
import type { ApiRequest } from '../http/api-request.ts';
import type * as z from '../schema/schema.ts';

/** A page of the v3 API. */
interface Page<Resource> {
  readonly pagination: { readonly next?: { readonly href?: string | null | undefined } | null | undefined };
  readonly resources: readonly Resource[];
}

/** Lists of the v3 API split their filters at commas. */
const COMMAS = { array: { style: 'form', explode: false } } as const;

/**
 * Reads the pages of a list, one after another. `fresh` are the resources of a page that were on no earlier page.
 * @see https://v3-apidocs.cloudfoundry.org/#pagination
 */
export async function* readPages<Resource extends { readonly guid: string }, P extends Page<Resource>>(
  system: System,
  first: ApiRequest,
  schema: z.SchemaOf<P>,
  options: CallOptions,
): AsyncGenerator<{ readonly fresh: readonly P['resources'][number][]; readonly page: P }, void, undefined> {
  const asked = new Set<string>();
  const guids = new Set<string>();
  const family = new RegExp(`^[^?]*(${first.path}\\?.*)$`);
  let page: P = await system.read({ ...first, querySerializer: COMMAS }, schema, options);
  for (;;) {
    const fresh = page.resources.filter(({ guid }) => !guids.has(guid));
    for (const { guid } of fresh) guids.add(guid);
    yield { fresh, page };
    const next = page.pagination.next?.href;
    // A page without new items, or with a link to an earlier page, ends the list, so that it cannot loop for ever.
    if (!next || (fresh.length === 0 && page.resources.length > 0)) return;
    const { base, redactor } = system.transport;
    const path = ownPath(next, { base, redactor, family });
    if (asked.has(path)) return;
    asked.add(path);
    checkPageCount(asked.size);
    page = await system.read({ method: 'GET', path }, schema, options);
  }
}
