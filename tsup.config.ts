import { defineConfig } from 'tsup';
import { chunkPerFolder } from './scripts/chunk-per-folder.ts';
import { entries } from './scripts/entries.ts';
import { peersByRequire } from './scripts/peers-by-require.ts';
import { zodWithoutGlobals } from './scripts/zod-without-globals.ts';

/** Made by `tsc --project tsconfig.types.json`, before this. */
const declarations = Object.fromEntries(
  Object.entries(entries).map(([entry, source]) => [entry, source.replace(/^src\/(.*)\.ts$/, '.types/$1.d.ts')]),
);

export default defineConfig({
  entry: { ...entries },
  outDir: 'dist',
  clean: true,
  format: ['esm', 'cjs'],
  platform: 'neutral',
  external: [/^node:/],
  target: 'es2022',
  // openapi-fetch, zod and @noble/hashes are dev dependencies and so end up in the bundle, tree-shaken; msw is a peer and stays out.
  bundle: true,
  // One copy of each class for all entry points of a format: `instanceof` holds between them.
  splitting: true,
  plugins: [peersByRequire],
  esbuildPlugins: [chunkPerFolder, zodWithoutGlobals],
  // Makes the CommonJS files through rollup; without it their source maps lead to the ESM files of this machine.
  treeshake: true,
  // The files are not minified, so stack traces can be read without maps, which would double the size of the package.
  sourcemap: false,
  dts: { entry: declarations },
  removeNodeProtocol: false,
});
