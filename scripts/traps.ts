/**
 * Writes docs/traps.md: what each trap code such as (OE-18) means, and which tests cover it. The texts are the `x-traps`
 * of the specs. A test covers the codes that it names, and the codes of the emulator scenarios that it names. With
 * `--check` it writes nothing, and a difference fails.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Product } from '../src/testing/product.ts';
import { specsOf, systemNames, titles } from './systems.ts';

/** One entry of `x-traps`. */
interface Trap {
  /** What the server may do. */
  readonly server: string;
  /** What this package does. */
  readonly client: string;
  /** Why no test covers it. Only for a code without a test. */
  readonly untested?: string;
}

/** The traps of one system, and the tests that cover each. */
interface Section {
  readonly title: string;
  readonly traps: ReadonlyMap<string, Trap>;
  readonly testsOf: (code: string) => readonly string[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const PAGE = 'docs/traps.md';
const X_TRAPS = /^x-traps:[\s\S]*/m;

const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');
const tests = filesBelow('test').filter((path) => path.endsWith('.test.ts'));

function filesBelow(folder: string): readonly string[] {
  return readdirSync(`${root}${folder}`, { withFileTypes: true })
    .flatMap((entry) => {
      if (entry.name === 'node_modules') return [];
      return entry.isDirectory() ? filesBelow(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`];
    })
    .sort();
}

/** The codes in a text that have one of the prefixes, such as `OE`. */
function codesIn(text: string, prefixes: ReadonlySet<string>): ReadonlySet<string> {
  const codes = text.match(/\b[A-Z]{2}-\d+\b/g) ?? [];
  return new Set(codes.filter((code) => prefixes.has(code.slice(0, 2))));
}

const prefixesOf = (codes: Iterable<string>) => new Set([...codes].map((code) => code.slice(0, 2)));
const numberOf = (code: string) => Number(code.slice(3));

async function sectionOf(system: (typeof systemNames)[number]): Promise<Section> {
  const entries = specsOf(system).flatMap((spec) =>
    Object.entries<Trap>(parse(read(`specs/${spec}.yaml`))['x-traps'] ?? {}),
  );
  const traps = new Map(entries.sort(([one], [other]) => numberOf(one) - numberOf(other)));
  if (traps.size < entries.length) throw new Error(`The specs of ${system} explain a code twice.`);
  const { product }: { product: Product } = await import(`../src/testing/${system}/product.ts`);
  const prefixes = prefixesOf(traps.keys());
  const covered = tests.map((path) => {
    const text = read(path);
    const isOfSystem = path.startsWith(`test/${system}/`);
    const scenarios = Object.entries(product.scenarios).filter(([name]) => isOfSystem && text.includes(`'${name}'`));
    const codes = new Set([...codesIn(text, prefixes), ...scenarios.flatMap(([, scenario]) => scenario.traps ?? [])]);
    return { path, codes };
  });
  const testsOf = (code: string) => covered.filter(({ codes }) => codes.has(code)).map(({ path }) => path);
  return { title: titles[system], traps, testsOf };
}

/** All files that may name a code, without the explanations themselves. */
function codesInTree(prefixes: ReadonlySet<string>): ReadonlySet<string> {
  const folders = ['src', 'test', 'specs', 'scripts', 'examples', 'bench', 'docs'];
  const pages = readdirSync(root).filter((name) => name.endsWith('.md'));
  const files = [...folders.flatMap(filesBelow), ...pages].filter((path) => path !== PAGE && !path.endsWith('.json'));
  return new Set(
    files.flatMap((path) => {
      const text = read(path);
      return [...codesIn(path.startsWith('specs/') ? text.replace(X_TRAPS, '') : text, prefixes)];
    }),
  );
}

/** What is wrong with the explanations, one sentence each. */
function problemsOf(sections: readonly Section[]): readonly string[] {
  const explained = sections.flatMap(({ traps }) => [...traps.keys()]);
  const named = codesInTree(prefixesOf(explained));
  const missing = [...named].filter((code) => !explained.includes(code)).map((code) => `${code} is not explained.`);
  const unused = explained.filter((code) => !named.has(code)).map((code) => `${code} is explained, but never named.`);
  const untested = sections.flatMap(({ traps, testsOf }) =>
    [...traps].flatMap(([code, trap]) => {
      const isTested = testsOf(code).length > 0;
      if (isTested === (trap.untested === undefined)) return [];
      return [
        isTested ? `${code} has a test, so remove \`untested\`.` : `${code} has neither a test nor \`untested\`.`,
      ];
    }),
  );
  return [...missing, ...unused, ...untested];
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const linkTo = (path: string) => `[${basename(path, '.test.ts')}](../${path})`;

function pageOf(sections: readonly Section[]): string {
  const tables = sections.map(({ title, traps, testsOf }) => {
    const rows = [...traps].map(([code, { server, client, untested }]) => {
      const covered = untested === undefined ? testsOf(code).map(linkTo).join(', ') : `none: ${untested}`;
      return `| ${code} | ${cell(server)} | ${cell(client)} | ${covered} |`;
    });
    return [
      `## ${title}`,
      '',
      '| code | what the server may do | what restorekit does | tests |',
      '| --- | --- | --- | --- |',
      ...rows,
      '',
    ].join('\n');
  });
  return [
    '# Traps',
    '',
    'Codes such as (OE-18) in the sources, the tests and the specs refer to this page. Each is one way in which the API of a',
    'vendor differs from what one expects. A test is listed if it names the code, or an emulator scenario of the code.',
    '',
    'This page is made by `npm run docs:traps` from the `x-traps` of the documents in `specs/`. Do not edit it.',
    '',
    ...tables,
  ].join('\n');
}

const sections = await Promise.all(systemNames.map(sectionOf));
const problems = problemsOf(sections);
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error('Correct `x-traps` in specs/.');
  process.exitCode = 1;
} else if (process.argv.includes('--check')) {
  if (read(PAGE) !== pageOf(sections)) {
    console.error(`${PAGE} is out of date: run \`npm run docs:traps\`.`);
    process.exitCode = 1;
  }
} else {
  writeFileSync(`${root}${PAGE}`, pageOf(sections));
}
