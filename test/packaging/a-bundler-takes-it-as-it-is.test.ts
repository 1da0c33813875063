import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { expect, inject, test } from 'vitest';
import { entryNames, specifierOf } from '../../scripts/entries.ts';
import { makeConsumer } from './consumer.ts';

/** Those that need Node, or a peer that is not installed here. */
const others = ['node', 'testing/msw', 'opentelemetry'];

test.each(entryNames.filter((entry) => !others.includes(entry)).map(specifierOf))(
  '%s is bundled for a browser, with nothing named as external',
  async (specifier) => {
    const folder = makeConsumer({
      type: 'module',
      files: { 'page.js': { text: `import * as all from '${specifier}'; console.log(all);` } },
    });
    const options: BuildOptions = {
      entryPoints: [join(folder, 'page.js')],
      bundle: true,
      write: false,
      platform: 'browser',
    };
    for (const minify of [false, true]) {
      const { errors, warnings } = await build({ ...options, minify, logLevel: 'silent' });
      expect([...errors, ...warnings]).toEqual([]);
    }
  },
);

test('no CommonJS file imports a package, which Jest cannot do there', () => {
  const dist = join(inject('consumers'), 'node_modules/restorekit/dist');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.cjs'));
  expect(files.length).toBeGreaterThan(0);
  const importing = files.filter((name) => /\bimport\(\s*['"]/.test(readFileSync(join(dist, name), 'utf8')));
  expect(importing).toEqual([]);
});
