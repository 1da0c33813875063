/**
 * Sizes of what a consumer's bundler takes out of dist, minified and gzipped, held against budgets. Needs a build.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
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
}

const systems = systemNames.map((name): SystemBudget & { readonly name: SystemName } => {
  return { name, ...JSON.parse(readFileSync(join(import.meta.dirname, '../src', name, 'size.json'), 'utf8')) };
});

const budgets: readonly Budget[] = [
  { what: 'one error class', code: `export { OutageError } from 'restorekit/errors';`, most: 0.9 },
  { what: 'all errors', code: `export * from 'restorekit/errors';`, most: 2.2 },
  { what: 'waitForCompletion alone', code: waiting, most: 9.9, goal: 5.6 },
  ...systems.flatMap(({ name, clients }) =>
    clients.map(({ what, exports, most }) => {
      const code = `export { ${exports.join(', ')} } from '${specifierOf(name)}'; ${waiting}`;
      return { what: `${what} with waiting`, code, most, goal: 33 };
    }),
  ),
  {
    what: 'everything but the emulators',
    code: shipped.map((entry, index) => `export * as e${index} from '${specifierOf(entry)}';`).join('\n'),
    most: systems.reduce((sum, { adds }) => sum + adds, 56),
  },
];

async function sizeOf(code: string): Promise<number> {
  const result = await build({
    stdin: { contents: code, resolveDir: import.meta.dirname, loader: 'js' },
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
console.log(`${'min + gzip'.padEnd(32)}${'kB'.padStart(8)}${'budget'.padStart(8)}${'goal'.padStart(8)}`);
for (const { what, code, most, goal } of budgets) {
  const size = await sizeOf(code);
  const verdict = size <= most ? '' : '  OVER';
  isOver ||= size > most;
  console.log(
    `${what.padEnd(32)}${size.toFixed(1).padStart(8)}${most.toFixed(1).padStart(8)}${String(goal ?? '').padStart(8)}${verdict}`,
  );
}

const files = await filesOf('index');
isOver ||= files > MOST_FILES;
console.log(`${'files of the root'.padEnd(32)}${String(files).padStart(8)}${String(MOST_FILES).padStart(8)}`);
if (isOver) {
  console.error('A budget is exceeded. Budgets are promises of the README: make it smaller, or change both.');
  process.exitCode = 1;
}
