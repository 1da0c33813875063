import type { KnipConfig } from 'knip';
import { entries } from './scripts/entries.ts';

const config: KnipConfig = {
  // The emulators' own shapes are named so that they can be read, and reach consumers inlined in what uses them.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Started by the consumers' tests through npx.
  ignoreDependencies: ['ts-node'],
  // `npm run chaos -- --haproxy` uses it where it is installed.
  ignoreBinaries: ['haproxy'],
  workspaces: {
    '.': {
      entry: [
        ...Object.values(entries),
        // Loaded by the name of their system.
        'src/*/{kinds,sample-calls}.ts',
        'src/testing/*/product.ts',
        'test/emulators/drivers/*.ts',
        'test/guides/scripts/*.ts',
        'examples/*/main.ts',
        'examples/script/*.ts',
        // Started as a process of its own.
        'examples/cli/emulated-foundation.ts',
        'scripts/*.ts',
        // Named by stryker.config.json.
        'vitest.mutation.config.ts',
        'scripts/*/{main,worker}.ts',
        'scripts/prove-start-once/processes/worker.ts',
        'test/packaging/consumers/**',
        'test/runtimes/programs/*.ts',
        'test/resume/waiter-process.ts',
        'test/node/programs/*.ts',
      ],
      project: ['{src,test,examples,scripts}/**/*.ts', '*.{ts,cjs}', '!test/layers/fixtures/**'],
    },
    // Holds the peers, so that they are not installed with the package.
    bench: {
      entry: ['{main,cadence/main}.ts', 'measure/*.mjs'],
      project: ['**/*.{ts,mjs}'],
      // Named in strings: of inner files, and of what a bundler or a fresh process is given.
      ignoreDependencies: ['@azure-rest/core-client', 'google-gax', 'oci-common'],
    },
  },
};

export default config;
