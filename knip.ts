import type { KnipConfig } from 'knip';
import { entries } from './scripts/entries.ts';

const config: KnipConfig = {
  entry: [
    ...Object.values(entries),
    'examples/*/main.ts',
    'bench/*/main.ts',
    'scripts/*.ts',
    'scripts/*/{main,worker}.ts',
    'test/packaging/consumers/**',
    'test/resume/waiter-process.ts',
  ],
  // The emulators' own shapes are named so that they can be read, and reach consumers inlined in what uses them.
  ignoreExportsUsedInFile: { interface: true, type: true },
  // Started by the consumers' tests through npx.
  ignoreDependencies: ['ts-node'],
  // `npm run chaos -- --haproxy` uses it where it is installed.
  ignoreBinaries: ['haproxy'],
  project: ['{src,test,examples,bench,scripts}/**/*.ts', '*.{ts,cjs}'],
};

export default config;
