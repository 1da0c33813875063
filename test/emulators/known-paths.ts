import type { Answered } from './drivers/driver.ts';

/** The things that answers have named: by links to them, in a `Location`, or as the items of a list. */
export class KnownPaths {
  readonly #templates: readonly (readonly string[])[];
  /** By their text in lower case, since some products take paths in any case. */
  readonly #paths = new Map<string, string>();

  /** Ids of items, and the list that each was in. */
  readonly #listed = new Map<string, string>();

  constructor(templates: readonly string[]) {
    this.#templates = templates.map((template) => template.split('/'));
  }

  /** The latest paths that fit a template, as far as its last parameter is known; itself where it has none. */
  of(template: string, most: number): readonly string[] {
    const wanted = template.split('/');
    const last = wanted.findLastIndex(isParameter);
    if (last === -1) return [template];
    const found = new Set<string>();
    for (const path of this.#paths.values()) {
      const parts = path.split('/').slice(0, last + 1);
      if (fits(wanted.slice(0, last + 1), parts)) found.add([...parts, ...wanted.slice(last + 1)].join('/'));
    }
    if (found.size === 0) for (const path of this.#besideLists(wanted)) found.add(path);
    return [...found].slice(-most);
  }

  /** `/backup/delete/{id}`, where `/backup/history` has listed the id: some products have no path for each thing. */
  #besideLists(template: readonly string[]): readonly string[] {
    if (template.filter(isParameter).length !== 1) return [];
    const fixed = template.slice(0, template.findIndex(isParameter)).join('/').toLowerCase();
    return [...this.#listed]
      .filter(([, list]) => fixed.startsWith(`${list.slice(0, list.lastIndexOf('/'))}/`.toLowerCase()))
      .map(([id]) => template.map((part) => (isParameter(part) ? encodeURIComponent(id) : part)).join('/'));
  }

  /** A path that names nothing. */
  unknown(template: string): string {
    return template.replaceAll(/\{[^}]*\}/g, 'no-such-thing');
  }

  /** @param list the path that was read, whose answer may hold items */
  learn(list: string | undefined, { headers, body }: Answered): void {
    for (const text of [headers.get('location'), ...textsIn(body)]) {
      const path = text && /^(?:https?:\/\/[^/]+)?(\/[^?#\s]*)/.exec(text)?.[1];
      if (path) this.#add(path);
    }
    if (list === undefined) return;
    for (const item of itemsOf(body)) {
      for (const id of [item.id, item.guid]) {
        if (typeof id !== 'string') continue;
        this.#listed.set(id, list);
        this.#add(`${list}/${encodeURIComponent(id)}`);
      }
    }
  }

  /** Remembers what fits a template with parameters, without what a gateway has put before it. */
  #add(path: string): void {
    const parts = path.split('/');
    for (const template of this.#templates) {
      if (!template.some(isParameter)) continue;
      for (let from = 0; from + template.length <= parts.length; from += 1) {
        const rest = ['', ...parts.slice(from + 1)];
        if (fits(template, rest)) this.#paths.set(rest.join('/').toLowerCase(), rest.join('/'));
      }
    }
  }
}

const isParameter = (part: string) => part.startsWith('{');

function fits(template: readonly string[], parts: readonly string[]): boolean {
  return (
    template.length === parts.length &&
    template.every((part, index) =>
      isParameter(part) ? parts[index] !== '' : part.toLowerCase() === parts[index]?.toLowerCase(),
    )
  );
}

/** All texts of a body, of any depth. */
function textsIn(body: unknown): string[] {
  const texts: string[] = [];
  const rest = [body];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) rest.push(part);
  }
  return texts;
}

/** The objects of the lists in a body. */
function itemsOf(body: unknown): readonly { readonly id?: unknown; readonly guid?: unknown }[] {
  const lists = Array.isArray(body) ? [body] : Object.values(body ?? {}).filter(Array.isArray);
  return lists.flat().filter((item) => typeof item === 'object' && item !== null);
}
