/**
 * The part of docs/handles.md that shows what the handle of each kind of operation holds: written from `kinds.ts` of each
 * system and the comments of its facts schemas, and with `--check` compared.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { IsoTimeSchema } from '../src/client/text-schemas.ts';
import type { Schema } from '../src/schema/schema.ts';
import { type SystemName, systemNames } from './systems.ts';

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/handles.md');
const written = /(?<=<!-- Written by [^\n]* -->\n\n)[\s\S]*?(?=<!-- End of what is written. -->)/;

interface Kind {
  readonly kind: string;
  readonly facts: Schema;
}

/** What a schema says in its source. */
interface Commented {
  /** What stands in its comment below the first sentence. */
  readonly remarks: string;
  /** The comment of each field. */
  readonly fields: ReadonlyMap<string, string>;
}

/** The schemas that the files of a system export, with their comments. */
async function schemasOf(system: SystemName): Promise<ReadonlyMap<unknown, Commented>> {
  const folder = join(root, 'src', system);
  const found = new Map<unknown, Commented>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.ts'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    if (!/export const \w+Schema\b/.test(text)) continue;
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
    const exported = (await import(join(folder, file))) as Readonly<Record<string, unknown>>;
    for (const statement of source.statements.filter(ts.isVariableStatement)) {
      for (const { name, initializer } of statement.declarationList.declarations) {
        const schema = exported[name.getText()];
        if (schema !== undefined && initializer) found.set(schema, commentsOf(statement, initializer));
      }
    }
  }
  return found;
}

function commentsOf(statement: ts.Statement, initializer: ts.Expression): Commented {
  const [shape] = ts.isCallExpression(initializer) ? initializer.arguments : [];
  const properties = shape && ts.isObjectLiteralExpression(shape) ? shape.properties : [];
  const fields = [...properties].map((property) => [property.name?.getText() ?? '', commentOf(property)] as const);
  const [, ...remarks] = commentOf(statement).split('\n\n');
  return { remarks: remarks.join('\n\n'), fields: new Map(fields) };
}

function commentOf(node: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comments.at(-1)?.comment) ?? '';
}

interface Definition {
  readonly type: string;
  readonly innerType?: ZodType;
  readonly element?: ZodType;
  readonly shape?: Readonly<Record<string, ZodType>>;
}

interface ZodType {
  readonly _zod: { readonly def: Definition };
}

/** A type, for people. */
function describeType(type: ZodType): string {
  const { def } = type._zod;
  if (def.innerType) return describeType(def.innerType);
  if (type === IsoTimeSchema()) return 'string, ISO 8601';
  if (def.element) return `array of ${describeType(def.element).replace(/^\w+/, '$&s')}`;
  if (def.shape) {
    const names = Object.keys(def.shape).map((name) => `\`${name}\``);
    return names.length === 0 ? 'object' : `object with ${names.join(', ')}`;
  }
  // What is checked by hand is a word out of a list.
  return def.type === 'unknown' ? 'string' : def.type;
}

function rowOf(kinds: readonly Kind[], name: string, type: ZodType, comment: string | undefined): string {
  if (!comment) throw new Error(`${kinds[0]?.kind}: the field ${name} of its facts has no comment.`);
  const presence = type._zod.def.type === 'optional' ? '' : '; always there';
  return `| \`${name}\` | ${describeType(type)}${presence} | ${comment.replaceAll(/\s+/g, ' ')} |`;
}

function sectionOf(kinds: readonly Kind[], schemas: ReadonlyMap<unknown, Commented>): string {
  const [first] = kinds;
  const comments = schemas.get(first?.facts);
  if (!first || !comments) throw new Error(`${first?.kind}: its facts are no exported schema of its system.`);
  const { shape = {} } = (first.facts() as unknown as ZodType)._zod.def;
  const names = kinds.map(({ kind }) => `\`${kind}\``);
  const title = names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join();
  return [
    `### ${title}`,
    '',
    '| field | type | meaning |',
    '| --- | --- | --- |',
    ...Object.entries(shape).map(([name, type]) => rowOf(kinds, name, type, comments.fields.get(name))),
    '',
    ...(comments.remarks === '' ? [] : [comments.remarks, '']),
    '',
  ].join('\n');
}

async function sectionsOf(system: SystemName): Promise<string> {
  const { kinds } = (await import(join(root, 'src', system, 'kinds.ts'))) as { readonly kinds: readonly Kind[] };
  const schemas = await schemasOf(system);
  const alike = [...new Set(kinds.map(({ facts }) => facts))].map((facts) =>
    kinds.filter((kind) => kind.facts === facts),
  );
  return alike.map((ofOneShape) => sectionOf(ofOneShape, schemas)).join('');
}

const before = readFileSync(page, 'utf8');
if (!written.test(before)) throw new Error(`${page} has no place for the kinds.`);
const sections = await Promise.all(systemNames.map(sectionsOf));
const after = before.replace(written, () => sections.join('').replaceAll(/\n{3,}/g, '\n\n'));

if (!process.argv.includes('--check')) writeFileSync(page, after);
else if (after !== before) {
  console.error('docs/handles.md is not what the kinds of the systems say: npm run docs:handles.');
  process.exitCode = 1;
}
