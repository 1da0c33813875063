import { describe, expect, test } from 'vitest';
import { entryNames, specifierOf } from '../../scripts/entries.ts';
import { makeConsumer, peersOf, run, withMsw } from './consumer.ts';

const restored = {
  state: 'succeeded',
  last: 'succeeded',
  nothing: '404 true',
  sixth: '3 bytes',
  others: 4,
  isSame: true,
  protocols: ['function', 'function'],
  exitCode: 'number',
};
const specifiers = entryNames.filter((entry) => entry !== 'testing/msw').map(specifierOf);
const restore = { program: 'restore.ts' };

describe('every entry point can be imported', () => {
  test.each(specifiers)('%s, from an ESM and from a CommonJS file, with the same names', async (specifier) => {
    const print = 'console.log(JSON.stringify(Object.keys(entry).sort()));';
    const folder = makeConsumer({
      type: 'module',
      peers: peersOf(specifier),
      files: {
        'esm.js': { text: `import * as entry from '${specifier}';\n${print}` },
        'common.cjs': { text: `const entry = require('${specifier}');\n${print}` },
        // Names that Node can find in CommonJS without running it.
        'named.mjs': {
          text: `import { createRequire } from 'node:module';
                 const path = createRequire(import.meta.url).resolve('${specifier}');
                 const { default: same, __esModule, 'module.exports': whole, ...entry } = await import(path);\n${print}`,
        },
      },
    });
    const names = JSON.parse(await run(folder, 'node', 'esm.js'));
    expect(names.length).toBeGreaterThan(0);
    expect(JSON.parse(await run(folder, 'node', 'common.cjs'))).toEqual(names);
    expect(JSON.parse(await run(folder, 'node', 'named.mjs'))).toEqual(names);
  });
});

describe('a TypeScript program runs', () => {
  test('under npx ts-node in a CommonJS project', async () => {
    const folder = makeConsumer({ type: 'commonjs', tsconfig: {}, files: { 'restore.ts': restore } });
    expect(JSON.parse(await run(folder, 'npx', 'ts-node', 'restore.ts'))).toMatchObject(restored);
  });

  test('under ts-node in an ESM project', async () => {
    const tsconfig = { compilerOptions: { module: 'NodeNext', target: 'ES2022' } };
    const folder = makeConsumer({ type: 'module', tsconfig, files: { 'restore.ts': restore } });
    const answer = await run(folder, 'node', '--no-warnings', '--loader', 'ts-node/esm', 'restore.ts');
    expect(JSON.parse(answer)).toMatchObject(restored);
  });

  test.each(['commonjs', 'module'] as const)('under npx tsx in a project of type %s', async (type) => {
    const folder = makeConsumer({ type, files: { 'restore.ts': restore } });
    expect(JSON.parse(await run(folder, 'npx', 'tsx', 'restore.ts'))).toMatchObject(restored);
  });

  test.each(['commonjs', 'module'] as const)('with msw, in a project of type %s', async (type) => {
    const folder = makeConsumer({ type, peers: withMsw, files: { 'mocked.ts': { program: 'mocked.ts' } } });
    const { backups } = JSON.parse(await run(folder, 'npx', 'tsx', 'mocked.ts'));
    expect(backups).toBeGreaterThan(0);
  });
});

test('the ESM and the CommonJS copy recognise the errors of each other', async () => {
  const files = { 'both-formats.mjs': { program: 'both-formats.mjs' } };
  const answer = await run(makeConsumer({ type: 'module', files }), 'node', 'both-formats.mjs');
  expect(JSON.parse(answer)).toEqual({
    isOneCopy: false,
    isInstance: true,
    isBase: true,
    isOther: false,
    lost: 'AccessLostError',
  });
});
