import { expect, test } from 'vitest';
import { compiler, makeConsumer, run, withMsw } from './consumer.ts';

const strict = { strict: true, noEmit: true, target: 'ES2022', types: ['node'] };
const restore = { program: 'restore.ts' };
const mocked = { program: 'mocked.ts' };

/**
 * Without `skipLibCheck`, so the declarations of the package are checked too. Those of TypeScript itself are left out,
 * which is nine tenths of the time.
 */
const checked = { ...strict, skipLibCheck: false, skipDefaultLibCheck: true, lib: ['ES2022'] };
/** The declarations of msw do not hold under each of these, so they are not checked. */
const beside = { ...strict, skipLibCheck: true };

/** One run of the compiler for each way of resolving, since each takes seconds. `npm run test:types` has more versions. */
const ways = [
  [
    'node16, from ESM and CommonJS files, with exactOptionalPropertyTypes',
    { ...checked, module: 'Node16', exactOptionalPropertyTypes: true },
    { 'restore.mts': restore, 'restore.cts': restore },
    {},
  ],
  [
    'node16, from ESM and CommonJS files, with msw',
    { ...beside, module: 'Node16' },
    { 'mocked.mts': mocked, 'mocked.cts': mocked },
    withMsw,
  ],
  [
    'bundler, with msw',
    { ...beside, module: 'ESNext', moduleResolution: 'Bundler' },
    { 'restore.ts': restore, 'mocked.ts': mocked },
    withMsw,
  ],
  ['node10', { ...checked, module: 'CommonJS', moduleResolution: 'Node10' }, { 'restore.ts': restore }, {}],
  ['node10, with msw', { ...beside, module: 'CommonJS', moduleResolution: 'Node10' }, { 'mocked.ts': mocked }, withMsw],
] as const;

test.each(ways)('under %s', async (_, compilerOptions, files, peers) => {
  const folder = makeConsumer({ type: 'commonjs', tsconfig: { compilerOptions }, files, peers });
  expect(await run(folder, 'node', compiler, '--project', '.')).toBe('');
});
