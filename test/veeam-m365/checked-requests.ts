import type { FetchLike } from '../../src/http/fetch-like.ts';
import { escapePointer, SpecDocument } from '../specs/spec-document.ts';

const documents = new Map<string, SpecDocument>();

function documentOf(version: string): SpecDocument {
  const document = documents.get(version) ?? new SpecDocument(`veeam-m365-${version}`);
  documents.set(version, document);
  return document;
}

/** A `fetch` that compares each request with the document of its version: the path, the query and the body. */
export function checkedRequests(version: string, fetch: FetchLike) {
  const document = documentOf(version);
  const problems: string[] = [];
  /** The operations that were called, each once. */
  const called = new Set<string>();
  const check = (url: string, init: RequestInit) => {
    const { pathname, searchParams } = new URL(url);
    const method = (init.method ?? 'GET').toLowerCase();
    const operation = document.operations
      .filter((each) => each.method === method && isAlike(each.path, pathname))
      .sort((one, other) => parametersOf(one.path) - parametersOf(other.path))[0];
    if (!operation) return problems.push(`${method} ${pathname} is not in the document`);
    const { operationId, path, parameters } = operation;
    called.add(operationId);
    for (const name of searchParams.keys()) {
      if (!parameters.some((each) => each.in === 'query' && each.name === name)) {
        problems.push(`${operationId} has no query ${name}`);
      }
    }
    if (typeof init.body !== 'string' || !init.body.startsWith('{')) return undefined;
    const below = path.replace(/^\/v\d/, '');
    const pointer = [`/paths/${escapePointer(path)}`, `/paths/${escapePointer(below)}`].find((each) => exists(each));
    const own = `${pointer}/${method}/requestBody`;
    const shared = exists(own) ? (document.at(own) as { readonly $ref?: string }).$ref?.slice(1) : undefined;
    const schema = `${shared ?? own}/content/application~1json/schema`;
    if (!exists(schema)) return problems.push(`${operationId} takes no body`);
    for (const problem of document.problems(schema, JSON.parse(init.body))) problems.push(`${operationId}: ${problem}`);
    return undefined;
  };
  const exists = (pointer: string) => {
    try {
      return document.at(pointer) !== undefined;
    } catch {
      return false;
    }
  };
  const checked: FetchLike = (url, init) => {
    if (!url.endsWith('/token')) check(url, init);
    return fetch(url, init);
  };
  return { fetch: checked, problems, called };
}

function isAlike(template: string, path: string): boolean {
  const [wanted, given] = [template.split('/'), path.split('/')];
  return wanted.length === given.length && wanted.every((part, index) => part.startsWith('{') || part === given[index]);
}

function parametersOf(path: string): number {
  return path.split('{').length;
}
