import { expect, test } from 'vitest';
import { compiler, makeConsumer, run, withMsw } from './consumer.ts';

const strict = { strict: true, noEmit: true, target: 'ES2022', types: ['node'], skipLibCheck: true };
/** With the declarations checked too: what a consumer without `skipLibCheck` sees. */
const checked = { ...strict, skipLibCheck: false };
const restore = { program: 'restore.ts' };

const ways = [
  ['node16, an ESM file', { ...checked, module: 'Node16' }, 'restore.mts'],
  ['node16, a CommonJS file', { ...strict, module: 'Node16' }, 'restore.cts'],
  ['bundler', { ...strict, module: 'ESNext', moduleResolution: 'Bundler' }, 'restore.ts'],
  ['node10', { ...checked, module: 'CommonJS', moduleResolution: 'Node10' }, 'restore.ts'],
  [
    'nodenext with exactOptionalPropertyTypes',
    { ...strict, module: 'NodeNext', exactOptionalPropertyTypes: true },
    'restore.mts',
  ],
] as const;

test.each(ways)('under %s', async (_, compilerOptions, name) => {
  const folder = makeConsumer({ type: 'commonjs', tsconfig: { compilerOptions }, files: { [name]: restore } });
  expect(await run(folder, 'node', compiler, '--project', '.')).toBe('');
});

test.each([
  ['node16', { ...strict, module: 'Node16' }],
  ['bundler', { ...strict, module: 'ESNext', moduleResolution: 'Bundler' }],
  ['node10', { ...strict, module: 'CommonJS', moduleResolution: 'Node10' }],
] as const)('with msw under %s', async (_, compilerOptions) => {
  const folder = makeConsumer({
    type: 'commonjs',
    tsconfig: { compilerOptions: compilerOptions },
    files: { 'mocked.ts': { program: 'mocked.ts' } },
    peers: withMsw,
  });
  expect(await run(folder, 'node', compiler, '--project', '.')).toBe('');
});
