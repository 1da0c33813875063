import { defineConfig } from 'vitest/config';
import { entries, entryNames, specifierOf } from './scripts/entries.ts';

/** The package by its name means its sources. */
export const sources = entryNames.map((entry) => ({
  find: new RegExp(`^${specifierOf(entry)}$`),
  replacement: `${import.meta.dirname}/${entries[entry]}`,
}));

/** The package as others get it, from dist. */
const needsBuild = ['packaging', 'drill', 'examples', 'guides'].map((folder) => `test/${folder}/**/*.test.ts`);
/** The package on other runtimes and beside other versions of its peers, which `npm run test:runtimes` installs. */
const runtimes = 'test/runtimes/*.test.ts';
/** The published types under other versions of TypeScript, which `npm run test:types` installs. */
const typescript = 'test/typescript/*.test.ts';

export default defineConfig({
  test: {
    // vitest would leave one core to itself, which on two cores is one of them idle.
    maxWorkers: '100%',
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary'],
      // A little below what `npm run test:coverage` reaches.
      thresholds: { statements: 96, branches: 92, functions: 97, lines: 97 },
    },
    projects: [
      {
        // The promises, held against the sources.
        resolve: { alias: sources },
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          // Some folders of tests have dependencies of their own, with test files in them.
          exclude: [...needsBuild, runtimes, typescript, '**/node_modules/**'],
          setupFiles: ['test/support/fixed-seed.ts'],
          // A test file leaves nothing behind, so the sources are loaded once for all of them, which halves the time.
          isolate: false,
          // Hours of virtual time on a busy machine, under coverage.
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        // Needs `npm run build`.
        test: {
          name: 'packaging',
          include: needsBuild,
          globalSetup: 'test/packaging/setup.ts',
          testTimeout: 120_000,
        },
      },
      {
        // Started by `npm run test:runtimes`. Only the emulators of these tests are of the sources; the programs use the build.
        resolve: { alias: sources },
        test: {
          name: 'runtimes',
          include: [runtimes],
          globalSetup: 'test/packaging/setup.ts',
          testTimeout: 60_000,
          // Each test starts a process, which mostly waits.
          fileParallelism: false,
          maxConcurrency: 3,
        },
      },
      {
        // Started by `npm run test:types`.
        test: {
          name: 'types',
          include: [typescript],
          globalSetup: 'test/packaging/setup.ts',
          testTimeout: 120_000,
        },
      },
    ],
  },
});
