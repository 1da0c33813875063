/**
 * Writes what follows from `systems.json` and the entry points: `exports` and `typesVersions` in package.json, `paths` in
 * tsconfig.check.json, `apis` in redocly.yaml (which openapi-typescript reads too), `systems.ts` in `src` and
 * `src/testing`, and `src/entries/node.ts`. With `--check` it writes nothing, and a difference fails.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { type Entry, entries, entryNames, specifierOf } from './entries.ts';
import { specsOf, systemNames } from './systems.ts';

const pathOf = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** The text that each file must have, made of the text that it has. */
const files: Readonly<Record<string, (text: string) => string>> = {
  'package.json': (text) => {
    const exports = Object.fromEntries([
      ...entryNames.map((entry) => [entry === 'index' ? '.' : `./${entry}`, conditionsOf(entry)]),
      ['./package.json', './package.json'],
    ]);
    const types = entryNames.filter((entry) => entry !== 'index').map((entry) => [entry, [`./dist/${entry}.d.cts`]]);
    return json({ ...JSON.parse(text), exports, typesVersions: { '*': Object.fromEntries(types) } });
  },
  'tsconfig.check.json': (text) => {
    const lines = entryNames.map((entry) => `      "${specifierOf(entry)}": ["./${entries[entry]}"]`);
    return replacePart(text, /(?<="paths": \{\n)[^}]*?(?=\n {4}\})/, lines.join(',\n'));
  },
  'redocly.yaml': (text) => {
    const apis = systemNames
      .flatMap(specsOf)
      .map((name) =>
        [
          `  ${name}:`,
          `    root: specs/${name}.yaml`,
          '    x-openapi-ts:',
          `      output: generated/${name}.d.ts`,
        ].join('\n'),
      );
    return replacePart(text, /(?<=^apis:\n)(?:^ +.*\n)+/m, `${apis.join('\n')}\n`);
  },
  'src/http/version.ts': () =>
    `/** The version of this package, as sent in \`User-Agent\`. Written by \`npm run generate\`. */\nexport const VERSION = '${manifest.version}';\n`,
  'src/systems.ts': () => exportsOf('The client and the logins of each system', 'root-exports'),
  'src/entries/node.ts': () => nodeExports(),
  'src/testing/systems.ts': () => exportsOf('The emulator of each system', 'index'),
};

function conditionsOf(entry: Entry) {
  return {
    import: { types: `./dist/${entry}.d.ts`, default: `./dist/${entry}.js` },
    require: { types: `./dist/${entry}.d.cts`, default: `./dist/${entry}.cjs` },
  };
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

function replacePart(text: string, part: RegExp, replacement: string): string {
  if (!part.test(text)) throw new Error(`Nothing fits ${part}.`);
  return text.replace(part, () => replacement);
}

/** A file that exports what a file in the folder of each system does. */
function exportsOf(what: string, file: string): string {
  const lines = systemNames.map((name) => `export * from './${name}/${file}.ts';`).sort();
  return [`// ${what}. Written by \`npm run generate\` from systems.json.`, ...lines, ''].join('\n');
}

/** The room for Node, and what a system has for Node only: `node.ts` in its folder, if there is one. */
function nodeExports(): string {
  const own = systemNames.filter((name) => existsSync(pathOf(`src/${name}/node.ts`)));
  const lines = ['node/index', ...own.map((name) => `${name}/node`)].map((file) => `export * from '../${file}.ts';`);
  return ['// What needs Node. Written by `npm run generate` from systems.json.', ...lines.sort(), ''].join('\n');
}

const isCheck = process.argv.includes('--check');
for (const [file, write] of Object.entries(files)) {
  const text = existsSync(pathOf(file)) ? readFileSync(pathOf(file), 'utf8') : '';
  const wanted = write(text);
  if (wanted === text) continue;
  if (!isCheck) writeFileSync(pathOf(file), wanted);
  else {
    console.error(`${file} is not what systems.json and scripts/entries.ts say: npm run generate.`);
    process.exitCode = 1;
  }
}
