import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rooms = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

it.each(rooms)('src/%s has a README that names its tests, in a folder that is there', (room) => {
  const readme = readFileSync(join(root, 'src', room, 'README.md'), 'utf8');
  const [, tests = ''] = readme.split(/^Tests: /m);
  const folders = [...tests.matchAll(/`(test\/[\w/-]+)`/g)].map(([, folder = '']) => folder);
  expect(tests).not.toBe('');
  for (const folder of folders) expect(existsSync(join(root, folder)), folder).toBe(true);
  // The folder of the same name, where there is one.
  if (existsSync(join(root, 'test', room))) expect(folders).toContain(`test/${room}`);
});
