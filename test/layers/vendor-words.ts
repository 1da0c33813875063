import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { basePathOf } from '../specs/spec-document.ts';
import type { ListedSystem } from '../support/systems.ts';

/** Words in the names of vendors and products that everybody uses. */
const ORDINARY = new Set([
  'api',
  'application',
  'backup',
  'cloud',
  'elastic',
  'for',
  'fusion',
  'office',
  'rest',
  'runtime',
]);

/** Names that the shared code has of its own, and that one vendor happens to use too. */
const OWN_NAMES = new Set([
  'isCompleted',
  'expiresIn',
  'sessionId',
  'userCode',
  // Fields of OAuth (RFC 6749, RFC 8628).
  'device_code',
  'user_code',
  'verification_uri',
  'verification_uri_complete',
]);

/** A pattern for each word that only one vendor uses, with what the word is. */
export type VendorWords = readonly { readonly what: string; readonly pattern: RegExp }[];

interface Document {
  readonly info: { readonly title: string };
  readonly servers?: unknown;
  readonly paths: Readonly<Record<string, unknown>>;
}

/**
 * What the documents, clients and logins of the systems are called by: names, the beginnings of paths, headers, fields,
 * kinds of operations, numbers of traps. All of it is read from the systems themselves.
 */
export function vendorWords(systems: readonly ListedSystem[]): VendorWords {
  const documents = systems.map(({ specs }) => specs.map(readDocument));
  const fields = documents.map((ofOne) => new Set(ofOne.flatMap((document) => namesBelow(document, 'properties'))));
  return systems.flatMap((system, index) => {
    const own = documents[index] ?? [];
    const others = fields.filter((_, other) => other !== index);
    const isOnlyHere = (field: string) => !others.some((names) => names.has(field));
    const headers = own.flatMap((document) => [...namesBelow(document, 'headers'), ...headerParameters(document)]);
    return [
      ...namesOf(system, own).map((name) => ({ what: 'name', pattern: wordOf(name) })),
      ...kindsOf(system).map((kind) => ({ what: 'kind', pattern: new RegExp(`\\b${quoted(kind)}\\b`) })),
      ...[...new Set(own.flatMap((document) => pathsOf(document).flatMap(beginningOf)))].map((path) => ({
        what: 'path',
        pattern: new RegExp(`${quoted(path)}(?![\\w.-])`, 'i'),
      })),
      ...headers.filter((header) => /^x-/i.test(header)).map((header) => ({ what: 'header', pattern: wordOf(header) })),
      ...[...(fields[index] ?? [])]
        .filter((field) => isCompound(field) && isOnlyHere(field) && !OWN_NAMES.has(field))
        .map((field) => ({ what: 'field', pattern: new RegExp(`\\b${quoted(field)}\\b`) })),
      ...trapsIn(own).map((prefix) => ({ what: 'trap', pattern: new RegExp(`\\b${prefix}-\\d+\\b`) })),
    ];
  });
}

/** Where a text uses a word of a vendor: the line, and the word. */
export function vendorWordsIn(text: string, words: VendorWords): readonly string[] {
  // The name of a package may end like a path.
  const own = text.replace(/ from '@[^']*';$/gm, ';');
  return own.split('\n').flatMap((line, index) =>
    words.flatMap(({ what, pattern }) => {
      const found = pattern.exec(line);
      return found ? [`line ${index + 1}, ${what}: ${found[0]}`] : [];
    }),
  );
}

function readDocument(name: string): Document {
  return parse(readFileSync(join(import.meta.dirname, `../../specs/${name}.yaml`), 'utf8'));
}

/** The names of the folder and of the product, and what its login makers begin with: `uaa` of `uaaPassword`. */
function namesOf({ name, title, rootExports }: ListedSystem, documents: readonly Document[]): readonly string[] {
  const titles = documents.map(({ info }) => info.title.split(/[:,]/)[0] ?? '');
  const words = [title, ...titles]
    .flatMap((text) => text.split(/[^A-Za-z\d]+/))
    .filter((word) => /^[A-Z]/.test(word) && !ORDINARY.has(word.toLowerCase()));
  const makers = Object.keys(rootExports)
    .filter((each) => /^[a-z]/.test(each))
    .map((maker) => /^[a-z]+/.exec(maker)?.[0] ?? maker);
  return [...new Set([name, title, ...words, ...makers])];
}

function kindsOf({ sampleCalls }: ListedSystem): readonly string[] {
  return Object.values(sampleCalls).flatMap(({ connect, withoutLogin }) => {
    const { client } = connect({ baseUrl: 'https://system.example.org', auth: withoutLogin('sk-token-4711') });
    return client.kinds.map((kind) => kind.split('/')[1] ?? kind).filter(isCompound);
  });
}

/** A word alone, or as a part of a name: `Cloud Foundry`, `cloud-foundry`, `CloudFoundryClient`. */
function wordOf(name: string): RegExp {
  const text = name.split(/[ _-]/).map(quoted).join('[ _-]?');
  return new RegExp(`(?<![a-z])${text}|${text}(?![a-z])`, 'i');
}

/** The paths below the host. */
function pathsOf(document: Document): readonly string[] {
  return Object.keys(document.paths).map((path) => `${basePathOf(document)}${path}`);
}

/** `/interop` of `/interop/rest/v2/backups`; nothing of a path that begins with a parameter. */
function beginningOf(path: string): readonly string[] {
  const [, first = ''] = path.split('/');
  return first === '' || first.startsWith('{') ? [] : [`/${first}`];
}

const isCompound = (name: string) => /[a-z][A-Z]|[_-]/.test(name);

const quoted = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function namesBelow(node: unknown, key: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) => [
    ...(name === key && typeof value === 'object' && value !== null ? Object.keys(value) : []),
    ...namesBelow(value, key),
  ]);
}

function headerParameters(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { in: place, name } = node as { readonly in?: unknown; readonly name?: unknown };
  const own = place === 'header' && typeof name === 'string' ? [name] : [];
  return [...own, ...Object.values(node).flatMap(headerParameters)];
}

function trapsIn(documents: readonly Document[]): readonly string[] {
  const traps = JSON.stringify(documents).matchAll(/"([A-Z]{2})-\d+"/g);
  return [...new Set([...traps].map(([, prefix = '']) => prefix))];
}
