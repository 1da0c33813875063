import type { Answer } from '../answer.ts';
import { jsonAnswer } from '../answer.ts';
import type { Call } from '../route.ts';
import { linker } from './links.ts';
import type { VeeamVersion } from './scenario.ts';
import type { VeeamServer } from './server.ts';
import { traitsOf } from './versions.ts';

const DEFAULT_LIMIT = 30;
const MAXIMUM_LIMIT = 10_000;

/** Answers one page of the items (VM-23). `path` is that of the collection below the version. */
export function pageAnswer<Item>(
  server: VeeamServer,
  version: VeeamVersion,
  call: Call,
  content: { readonly path: string; readonly items: readonly Item[]; readonly toBody: (item: Item) => object },
): Answer {
  const { scenario } = server;
  const asked = Number(query(call, 'limit') ?? DEFAULT_LIMIT);
  const offset = Number(query(call, 'offset') ?? 0);
  if (!Number.isInteger(asked) || asked < 1 || !Number.isInteger(offset) || offset < 0) {
    return server.badRequest('limit and offset must be whole numbers.');
  }
  // Not documented what more than the maximum does; here it is cut.
  const limit = Math.min(asked, MAXIMUM_LIMIT);
  const items = content.items.slice(offset, offset + limit);
  const link = linker(version, call.url, scenario);
  const href = (from: number) => ({ href: link(content.path, pageQuery(call, from, limit)) });
  const next = scenario.faults?.loopingNext ? offset : offset + limit;
  return jsonAnswer({
    offset,
    limit,
    ...(traitsOf[version].hasTotalCount && totalCount(scenario.totalCount, content.items.length)),
    results: items.map(content.toBody),
    _links: {
      first: href(0),
      self: href(offset),
      ...(offset > 0 && { prev: href(Math.max(0, offset - limit)) }),
      ...(next < content.items.length && { next: href(next) }),
    },
  });
}

/** A query parameter, by its name in any case. */
export function query(call: Call, name: string): string | undefined {
  for (const [key, value] of call.url.searchParams) {
    if (key.toLowerCase() === name.toLowerCase()) return value;
  }
  return undefined;
}

function pageQuery(call: Call, offset: number, limit: number): URLSearchParams {
  const params = new URLSearchParams({ offset: String(offset), limit: String(limit) });
  for (const [name, value] of call.url.searchParams) {
    if (!['offset', 'limit'].includes(name.toLowerCase())) params.append(name, value);
  }
  return params;
}

function totalCount(kind: 'number' | 'null' | 'absent' = 'number', count: number): { totalCount?: number | null } {
  if (kind === 'absent') return {};
  return { totalCount: kind === 'null' ? null : count };
}
