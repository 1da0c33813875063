/** A comma list as the Cloud Controller reads it: split first, and each item unescaped once more. */
export function listOf(text: string): string[] {
  if (text === '') return [];
  return text.split(/,\s*/).map(unescapeItem);
}

/** A broken escape stays as it is. */
function unescapeItem(item: string): string {
  return item.replace(/(?:%[\da-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

/** `created_ats[gt]` is the parameter `created_ats` with the key `gt`. */
export function readName(name: string): { readonly parameter: string; readonly key: string | undefined } {
  const [, parameter, key] = /^([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? [];
  return parameter === undefined ? { parameter: name, key: undefined } : { parameter, key };
}

/** Names of query parameters, for the text of an error. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
