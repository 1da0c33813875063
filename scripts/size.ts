/**
 * Sizes of what a consumer's bundler takes out of dist, minified and gzipped, held against budgets. Needs a build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { type Entry, entryNames, specifierOf } from './entries.ts';
import { type SystemName, systemNames } from './systems.ts';

/** What is held is where we stand, with little room to grow; the goal of the design is shown beside it. */
interface Budget {
  readonly what: string;
  readonly code: string;
  /** Kilobytes of 1,000 bytes. */
  readonly most: number;
  readonly goal?: number;
}

/**
 * A cold import of the root takes under 20 ms with these (`npm run bench` measures it), and took 33 with 31 files: one for
 * each system, those that they share, and one that a system shares with `restorekit/node`.
 */
const MOST_FILES = 5 + systemNames.length;
const waiting = `export { waitForCompletion } from 'restorekit/operation';`;
/** Entry points that bring what their optional peers weigh. */
const withPeers: readonly Entry[] = ['node', 'opentelemetry'];
const shipped = entryNames.filter((entry) => !entry.startsWith('testing') && !withPeers.includes(entry));

/** What a system may weigh: `size.json` in its folder. */
interface SystemBudget {
  /** What it adds where everything is imported. */
  readonly adds: number;
  readonly clients: readonly { readonly what: string; readonly exports: readonly string[]; readonly most: number }[];
  /** Families of calls beyond the start and the wait, with the files that only they need. The first client is measured. */
  readonly families?: readonly { readonly what: string; readonly files: readonly string[] }[];
}

/** What a family of calls may add to a client. */
const MOST_OF_FAMILY = 3;

const systems = systemNames.map((name): SystemBudget & { readonly name: SystemName } => {
  return { name, ...JSON.parse(readFileSync(join(import.meta.dirname, '../src', name, 'size.json'), 'utf8')) };
});

const budgets: readonly Budget[] = [
  { what: 'one error class', code: `export { OutageError } from 'restorekit/errors';`, most: 0.9 },
  { what: 'all errors', code: `export * from 'restorekit/errors';`, most: 2.2 },
  { what: 'waitForCompletion alone', code: waiting, most: 10.3, goal: 5.6 },
  ...systems.flatMap(({ name, clients }) =>
    clients.map(({ what, exports, most }) => {
      const code = `export { ${exports.join(', ')} } from '${specifierOf(name)}'; ${waiting}`;
      return { what: `${what} with waiting`, code, most, goal: 33 };
    }),
  ),
  {
    what: 'everything but the emulators',
    code: shipped.map((entry, index) => `export * as e${index} from '${specifierOf(entry)}';`).join('\n'),
    most: systems.reduce((sum, { adds }) => sum + adds, 58),
  },
];

async function sizeOf(
  code: string,
  { resolveDir = import.meta.dirname, plugins = [] }: { resolveDir?: string; plugins?: Plugin[] } = {},
): Promise<number> {
  const result = await build({
    stdin: { contents: code, resolveDir, loader: 'js' },
    plugins,
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    external: ['node:*'],
    logLevel: 'error',
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error('esbuild wrote nothing.');
  return gzipSync(file.contents, { level: 9 }).length / 1000;
}

/** The size of a client, made of the sources, without the content of some files of its folder. */
async function sizeWithout(name: SystemName, exports: readonly string[], files: readonly string[]): Promise<number> {
  const folder = join(import.meta.dirname, '../src', name);
  const left = new Set(files.map((file) => join(folder, file)));
  for (const path of left)
    if (!existsSync(path)) throw new Error(`size.json of ${name} names ${path}, which is not there.`);
  const stubs: Plugin = {
    name: 'stubs',
    setup: (bundler) => {
      bundler.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!left.has(path)) return undefined;
        const names = await exportsOf(path);
        return { contents: names.map((each) => `export const ${each} = undefined;`).join('\n') };
      });
    },
  };
  const code = `export { ${exports.join(', ')} } from './index.ts'; export * from '../entries/operation.ts';`;
  return sizeOf(code, { resolveDir: folder, plugins: [stubs] });
}

async function exportsOf(path: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [path],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    packages: 'external',
    outdir: 'out',
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}

/** Files of the package that an import of the entry point reads. Each costs a cold import half a millisecond. */
async function filesOf(entry: Entry): Promise<number> {
  const { metafile } = await build({
    entryPoints: [join(import.meta.dirname, '..', 'dist', `${entry}.js`)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    ignoreAnnotations: true,
    external: ['node:*'],
    logLevel: 'error',
  });
  return Object.keys(metafile.inputs).length;
}

let isOver = false;
console.log(`${'min + gzip'.padEnd(48)}${'kB'.padStart(8)}${'budget'.padStart(8)}${'goal'.padStart(8)}`);
for (const { what, code, most, goal } of budgets) {
  const size = await sizeOf(code);
  const verdict = size <= most ? '' : '  OVER';
  isOver ||= size > most;
  console.log(
    `${what.padEnd(48)}${size.toFixed(1).padStart(8)}${most.toFixed(1).padStart(8)}${String(goal ?? '').padStart(8)}${verdict}`,
  );
}

for (const { name, clients, families = [] } of systems) {
  const [client] = clients;
  if (!client || families.length === 0) continue;
  const whole = await sizeWithout(name, client.exports, []);
  for (const { what, files } of families) {
    const adds = whole - (await sizeWithout(name, client.exports, files));
    const verdict = adds <= MOST_OF_FAMILY ? '' : '  OVER';
    isOver ||= adds > MOST_OF_FAMILY;
    const label = `${client.what}: ${what} adds`;
    console.log(`${label.padEnd(48)}${adds.toFixed(1).padStart(8)}${MOST_OF_FAMILY.toFixed(1).padStart(8)}${verdict}`);
  }
}

const files = await filesOf('index');
isOver ||= files > MOST_FILES;
console.log(`${'files of the root'.padEnd(48)}${String(files).padStart(8)}${String(MOST_FILES).padStart(8)}`);
if (isOver) {
  console.error('A budget is exceeded. Budgets are promises of the README: make it smaller, or change both.');
  process.exitCode = 1;
}
