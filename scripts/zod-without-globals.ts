import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Where zod keeps what all its copies in a process share, such as `globalThis.__zod_globalConfig`. */
const SHARED = /\b__zod_\w+/;

/**
 * Gives the bundled zod an object of its own in the place of `globalThis`: importing a library sets no global, and a zod
 * that the program has besides does not change how answers are read. `test/packaging` compares the globals before and
 * after an import, so a zod that does it in another way is noticed.
 */
export const zodWithoutGlobals: Plugin = {
  name: 'zod-without-globals',
  setup(build) {
    build.onLoad({ filter: /[\\/]zod[\\/]v4[\\/]core[\\/][^\\/]+\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      if (!SHARED.test(source)) return undefined;
      return { contents: `const ownScope = {};\n${source.replace(/\bglobalThis\b/g, 'ownScope')}`, loader: 'js' };
    });
  },
};
