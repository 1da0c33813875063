import { join } from 'node:path';
import { describe, it } from 'vitest';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { node20, peerAt, sourceAt } from './runtimes.ts';

const root = join(import.meta.dirname, '../..');

/** The tests of a consumer. Its imports name no file endings, as with most compilers. */
const tests = (runner: 'vitest' | '@jest/globals') => ({
  'restore-systems.ts': sourceAt('programs/restore-systems.ts'),
  'restores.test.ts': {
    text: sourceAt('programs/in-a-test-runner.ts')
      .text.replace("'vitest'", `'${runner}'`)
      .replace("'./restore-systems.ts'", "'./restore-systems'"),
  },
});

const jest = {
  jest: peerAt('jest'),
  '@jest/globals': peerAt('@jest/globals'),
  'ts-jest': peerAt('ts-jest'),
  '@swc/jest': peerAt('@swc/jest'),
};
const compilerOptions = { strict: true, target: 'es2022', lib: ['es2022', 'dom'], types: [], skipLibCheck: true };
const typescript = {
  commonjs: { ...compilerOptions, module: 'commonjs', moduleResolution: 'node10' },
  module: { ...compilerOptions, module: 'esnext', moduleResolution: 'bundler' },
};

describe.concurrent('Jest, with the oldest Node', () => {
  it.each([
    ['ts-jest', 'commonjs', {}],
    ['ts-jest', 'module', { useESM: true }],
    ['@swc/jest', 'commonjs', { module: { type: 'commonjs' } }],
    ['@swc/jest', 'module', { module: { type: 'es6' } }],
  ] as const)('and %s runs restores in a project of type %s', async (transformer, type, options) => {
    const isModule = type === 'module';
    const config = {
      testEnvironment: 'node',
      transform: { '^.+\\.ts$': [transformer, options] },
      ...(isModule ? { extensionsToTreatAsEsm: ['.ts'] } : {}),
    };
    const folder = makeConsumer({
      type,
      tsconfig: { compilerOptions: typescript[type] },
      peers: jest,
      files: { ...tests('@jest/globals'), 'jest.config.json': { text: JSON.stringify(config) } },
    });
    const flags = isModule ? ['--experimental-vm-modules', '--no-warnings'] : [];
    await run(folder, node20.command, ...flags, 'node_modules/jest/bin/jest.js', '--ci', '--runInBand');
  });
});

it('vitest, with the oldest Node, runs restores', async () => {
  const folder = makeConsumer({
    type: 'module',
    peers: { vitest: join(root, 'node_modules/vitest') },
    files: tests('vitest'),
  });
  await run(folder, node20.command, 'node_modules/vitest/vitest.mjs', 'run');
});
