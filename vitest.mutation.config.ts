import { defineConfig } from 'vitest/config';
import { sources } from './vitest.config.ts';

/** Folders and files that `npm run mutate` has chosen. */
const tests = (process.env.RESTOREKIT_MUTATION_TESTS ?? 'test').split(',');

export default defineConfig({
  resolve: { alias: sources },
  test: {
    include: tests.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.test.ts`)),
    exclude: [
      // They run other processes, which would see no change.
      'test/resume/restores-survive-killed-*',
      'test/start-once/{killed,postgres,random}-*',
      'test/start-once/files-survive-*',
      // It changes the time zone, which a worker thread cannot.
      'test/oracle-epm/the-result-lists-*',
    ],
    setupFiles: ['test/support/fixed-seed.ts'],
    // StrykerJS counts what a test covers by a setup file, which without isolation runs for the first test file only.
    isolate: true,
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
