/**
 * Writes the public API as text, one file in `api/` per entry point: the exports without comments, from the
 * declarations that `npm run build` makes. `npm run api` writes the files. With `--check`, a difference is an error.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import ts from 'typescript';
import { type Entry, entries, entryNames, specifierOf } from './entries.ts';

const root = join(import.meta.dirname, '..');
const declarations = join(root, '.types');
const reports = join(root, 'api');

const fileOf = (entry: Entry) => join(declarations, entries[entry].replace(/^src\/(.*)\.ts$/, '$1.d.ts'));
const reportOf = (entry: Entry) => `${entry.replaceAll('/', '-')}.md`;

/** A symbol is shown at its first entry point. The root comes last, because it exports most of the others. */
const inOrder: readonly Entry[] = [...entryNames.filter((entry) => entry !== 'index'), 'index'];

if (!existsSync(fileOf('index'))) throw new Error('There are no declarations: npm run build first.');
const program = ts.createProgram(entryNames.map(fileOf), {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  target: ts.ScriptTarget.ES2022,
  allowImportingTsExtensions: true,
  noEmit: true,
  types: ['node'],
});
const checker = program.getTypeChecker();
const printer = ts.createPrinter({ removeComments: true });

const resolved = (symbol: ts.Symbol) =>
  symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;

/** Where each symbol is shown. */
const shownIn = new Map<ts.Symbol, Entry>();

function print(symbol: ts.Symbol): string {
  return (symbol.declarations ?? []).map(printDeclaration).join('\n');
}

function printDeclaration(declaration: ts.Declaration): string {
  if (ts.isVariableDeclaration(declaration) && declaration.type && ts.isTypeLiteralNode(declaration.type)) {
    // A table of data, such as the scenarios: its keys are the API.
    const keys = declaration.type.members.map((member) => `    ${member.name?.getText() ?? '[key]'}: ...;`);
    return `const ${declaration.name.getText()}: {\n${keys.join('\n')}\n};`;
  }
  // `export const name: Type` is a declaration inside a list inside a statement.
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return printer
    .printNode(ts.EmitHint.Unspecified, node, declaration.getSourceFile())
    .replace(/^export (default )?(declare )?/, '')
    .replace(/^declare /, '');
}

/** The symbols of this package that a declaration names. */
function namedIn(symbol: ts.Symbol): readonly ts.Symbol[] {
  const found = new Set<ts.Symbol>();
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : undefined;
    const reached = name && checker.getSymbolAtLocation(name);
    if (reached) found.add(resolved(reached));
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) visit(declaration);
  return [...found].filter(isOwn);
}

const isOwn = ({ declarations: places = [], flags }: ts.Symbol) =>
  !(flags & ts.SymbolFlags.TypeParameter) &&
  places.some((place) => place.getSourceFile().fileName.startsWith(`${declarations}${sep}`));

function report(entry: Entry): string {
  const source = program.getSourceFile(fileOf(entry));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${fileOf(entry)} exports nothing.`);
  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => ({ name: symbol.name, symbol: resolved(symbol) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const elsewhere: string[] = [];
  const here: string[] = [];
  const queue: ts.Symbol[] = [];
  for (const { name, symbol } of exported) {
    const shown = shownIn.get(symbol);
    if (shown && shown !== entry) elsewhere.push(`export { ${name} } from '${specifierOf(shown)}';`);
    else {
      shownIn.set(symbol, entry);
      here.push(`export ${print(symbol)}`);
      queue.push(symbol);
    }
  }
  const unexported: string[] = [];
  for (let symbol = queue.shift(); symbol; symbol = queue.shift()) {
    for (const reached of namedIn(symbol)) {
      if (shownIn.has(reached) || exportedSomewhere.has(reached)) continue;
      shownIn.set(reached, entry);
      unexported.push(print(reached));
      queue.push(reached);
    }
  }
  const block = (lines: readonly string[]) => ['```ts', lines.join('\n\n'), '```', ''];
  return [
    `# ${specifierOf(entry)}`,
    '',
    'Written by `npm run api`. A change here is a change of the public API: say so in CHANGELOG.md.',
    '',
    ...(here.length > 0 ? block(here) : []),
    ...(elsewhere.length > 0
      ? ['## Shown with another entry point', '', '```ts', elsewhere.join('\n'), '```', '']
      : []),
    ...(unexported.length > 0 ? ['## Named by these, and not exported', '', ...block(unexported.sort())] : []),
  ].join('\n');
}

const exportedSomewhere = new Set<ts.Symbol>();
for (const entry of inOrder) {
  const source = program.getSourceFile(fileOf(entry));
  const module = source && checker.getSymbolAtLocation(source);
  for (const symbol of module ? checker.getExportsOfModule(module) : []) exportedSomewhere.add(resolved(symbol));
}

const texts = new Map(inOrder.map((entry) => [reportOf(entry), report(entry)]));
const present = existsSync(reports) ? readdirSync(reports).filter((name) => name !== 'README.md') : [];

if (process.argv.includes('--check')) {
  const stale = [...new Set([...texts.keys(), ...present])].filter((name) => {
    const path = join(reports, name);
    return !existsSync(path) || readFileSync(path, 'utf8') !== texts.get(name);
  });
  for (const name of stale) console.error(`api/${name}\n${difference(name)}`);
  if (stale.length > 0) {
    console.error(
      'The public API differs from api/. If this is intended, run `npm run api` and add a line to CHANGELOG.md.',
    );
    process.exitCode = 1;
  }
} else {
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports);
  for (const [name, text] of texts) writeFileSync(join(reports, name), text);
}

/** The lines that are in only one of the two texts. */
function difference(name: string): string {
  const path = join(reports, name);
  const before = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  const after = (texts.get(name) ?? '').split('\n');
  const only = (lines: readonly string[], others: readonly string[], sign: string) =>
    lines.filter((line) => !others.includes(line)).map((line) => `  ${sign} ${line}`);
  return [...only(before, after, '-'), ...only(after, before, '+')].join('\n');
}
