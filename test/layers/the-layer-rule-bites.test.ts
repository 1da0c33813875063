import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

/** An import that a room may not make, and the rule that it breaks. */
const forbidden = [
  ['values', 'src/errors/any.ts', 'layer-values'],
  ['errors', 'src/clock/any.ts', 'layer-errors'],
  ['clock', 'src/errors/any.ts', 'layer-clock'],
  ['auth', 'src/http/any.ts', 'layer-auth'],
  ['http', 'src/operation/any.ts', 'layer-http'],
  ['operation', 'src/http/any.ts', 'layer-operation'],
  ['operation', 'src/protocols/any.ts', 'layer-operation'],
  ['protocols', 'src/client/any.ts', 'layer-protocols'],
  ['client', 'src/oracle-epm/any.ts', 'layer-client'],
  ['terminal', 'src/http/any.ts', 'layer-terminal'],
  ['testing', 'src/client/any.ts', 'layer-testing'],
  ['docspace', 'src/oracle-epm/any.ts', 'layer-system'],
  ['sixth-vendor', 'src/testing/any.ts', 'layer-system'],
  ['docspace', 'src/index.ts', 'entries-are-for-consumers'],
  ['docspace', 'src/entries/operation.ts', 'entries-are-for-consumers'],
  ['operation', 'src/schema/any.ts', 'layer-operation'],
  ['errors', 'zod/v4/core', 'package-zod'],
  ['docspace', 'zod/v4/core', 'package-zod'],
  ['schema', 'zod', 'zod-core-only'],
  ['schema', 'zod/mini', 'zod-core-only'],
  ['docspace', 'openapi-fetch', 'package-openapi-fetch'],
  ['client', 'msw', 'package-msw'],
  ['client', 'lodash', 'no-other-package'],
  ['http', 'node:http', 'no-node-modules-of-node'],
  ['errors', 'src/operation/from-errors.ts', 'no-cycle'],
] as const;

const allowed = [
  ['errors', 'src/values/any.ts'],
  ['testing', 'src/values/any.ts'],
  ['sixth-vendor', 'src/values/any.ts'],
  ['sixth-vendor', 'src/client/any.ts'],
  ['sixth-vendor', 'src/schema/any.ts'],
  ['schema', 'zod/v4/core'],
  ['sixth-vendor', 'generated/any.d.ts'],
  ['testing', 'generated/any.d.ts'],
  ['http', 'openapi-fetch'],
  ['entries', 'src/protocols/any.ts'],
  ['protocols', 'src/operation/any.ts'],
] as const;

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

const folder = mkdtempSync(join(tmpdir(), 'restorekit-layers-'));
const orphan = 'src/http/alone.ts';
let violations: readonly Violation[] = [];

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
const nameOf = (room: string, to: string) => `src/${room}/imports-${to.replaceAll(/[^a-z]+/g, '-')}.ts`;

beforeAll(() => {
  for (const [room, to] of [...forbidden, ...allowed]) {
    const isFile = /^(src|generated)\//.test(to);
    write(nameOf(room, to), `export * from '${isFile ? '../../' : ''}${to}';\n`);
    if (isFile) write(to, 'export type Any = string;\n');
  }
  write(orphan, 'export const alone = 1;\n');
  write('src/operation/from-errors.ts', `export * from '../errors/imports-src-operation-from-errors-ts.ts';\n`);
  for (const name of ['zod', 'openapi-fetch', 'msw', 'lodash', 'zod/mini', 'zod/v4/core']) {
    write(`node_modules/${name}/index.js`, 'export {};\n');
    write(`node_modules/${name}/package.json`, '{ "main": "index.js" }');
  }
  write('tsconfig.json', '{ "compilerOptions": { "allowImportingTsExtensions": true, "noEmit": true } }');
  write('package.json', '{ "devDependencies": { "zod": "*", "openapi-fetch": "*", "msw": "*", "lodash": "*" } }');
  const tool = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [tool, '--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', 'src', 'generated'];
  const answer = execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  violations = JSON.parse(answer).summary.violations;
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

function brokenBy(room: string, to: string): readonly string[] {
  return violations.filter(({ from }) => from === nameOf(room, to)).map(({ rule }) => rule.name);
}

test.each(forbidden)('%s may not import %s', (room, to, rule) => {
  expect(brokenBy(room, to)).toContain(rule);
});

test.each(allowed)('%s may import %s', (room, to) => {
  expect(brokenBy(room, to)).toEqual([]);
});

test('a file that nobody imports is noticed', () => {
  expect(violations.filter(({ rule }) => rule.name === 'no-orphan').map(({ from }) => from)).toEqual([orphan]);
});
