import type { FetchLike } from '../../src/http/fetch-like.ts';

export interface Rewriting {
  /** The text that takes the place of a text anywhere in an answer. */
  readonly text?: (text: string, where: string) => string;
  /** The status that takes the place of another. */
  readonly status?: (status: number) => number;
  /** Further headers, or others. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A `fetch` whose answers were rewritten on the way: every text of JSON and of headers. Tokens are left as they are. */
export function rewritten(fetch: FetchLike, { text = (same) => same, status, headers: more }: Rewriting): FetchLike {
  return async (url, init) => {
    const answer = await fetch(url, init);
    const body = await answer.text();
    const headers = new Headers();
    for (const [name, value] of answer.headers) {
      headers.set(name, name === 'content-type' ? value : text(value, name).replaceAll(/[^\x20-\x7e]/g, ''));
    }
    for (const [name, value] of Object.entries(more ?? {})) headers.set(name, value);
    const code = status?.(answer.status) ?? answer.status;
    const isEmpty = body === '' || code === 204 || code === 304;
    return new Response(isEmpty ? null : rewriteBody(body, text), { status: code, headers });
  };
}

function rewriteBody(body: string, text: NonNullable<Rewriting['text']>): string {
  try {
    return JSON.stringify(walk(JSON.parse(body), 'body', text));
  } catch {
    return text(body, 'body');
  }
}

const TOKENS = /\b(access_token|refresh_token|token_type)$/;

function walk(value: unknown, where: string, text: NonNullable<Rewriting['text']>): unknown {
  if (typeof value === 'string') return TOKENS.test(where) ? value : text(value, where);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item, index) => walk(item, `${where}.${index}`, text));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walk(item, `${where}.${name}`, text)]));
}
