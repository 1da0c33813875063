import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import { type Entry, entries, entryNames } from './entries.ts';
import { systemNames } from './systems.ts';

// Not `import.meta.dirname`, which is that of the bundled configuration while tsup runs.
const root = fileURLToPath(new URL('..', import.meta.url));

const errors = ['values', 'clock', 'errors'];
const waiting = [...errors, 'operation', 'protocols'];
const client = [...waiting, 'schema', 'auth', 'http', 'client'];

/** The rooms of which an entry point gets all files. Of other rooms it gets only the files that it needs. */
const wholeRooms: Readonly<Partial<Record<Entry, readonly string[]>>> = {
  index: client,
  errors,
  operation: waiting,
  ...Object.fromEntries(systemNames.map((name) => [name, client])),
  'start-once': waiting,
  node: client,
  testing: errors,
  terminal: waiting,
  opentelemetry: errors,
};

/**
 * esbuild makes a chunk for each set of entry points that share a file. Without this plugin there are 30 chunks, and
 * each adds half a millisecond to a cold import. With it, all files of such a room have the same entry points.
 */
export const chunkPerFolder: Plugin = {
  name: 'chunk-per-folder',
  setup(build) {
    build.onResolve({ filter: /^[./].*\.ts$/ }, ({ path, resolveDir }) => {
      const file = resolve(resolveDir, path);
      const room = dirname(relative(join(root, 'src'), file));
      // Otherwise the import would be dropped, because nothing is imported from the file by name.
      return { path: file, sideEffects: client.includes(room) };
    });
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const entry = entryNames.find((name) => join(root, entries[name]) === path);
      const files = (entry && wholeRooms[entry])?.flatMap(filesOf) ?? [];
      const contents = [await readFile(path, 'utf8'), ...files.map((file) => `import ${JSON.stringify(file)};`)];
      return { contents: contents.join('\n'), loader: 'ts' };
    });
  },
};

function filesOf(room: string): readonly string[] {
  const folder = join(root, 'src', room);
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}
