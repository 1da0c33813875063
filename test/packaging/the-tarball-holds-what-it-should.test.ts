import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { entries, entryNames, specifierOf } from '../../scripts/entries.ts';

const root = join(import.meta.dirname, '../..');
const installed = join(inject('consumers'), 'node_modules/restorekit');
const read = (...path: readonly string[]) => readFileSync(join(...path), 'utf8');
const distFiles = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
const ending = (end: RegExp) => distFiles.filter((name) => end.test(name));

test('one package is installed, and nothing with it', () => {
  expect(inject('installed')).toBe(1);
  expect(manifest).not.toHaveProperty('dependencies');
});

test('code, types, the texts of the licences, and no sources', () => {
  const besides = inject('packed').filter((path) => !path.startsWith('dist/'));
  expect(besides.sort()).toEqual(
    ['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY-LICENSES.md', 'package.json'].sort(),
  );
});

test('the entry points are listed alike wherever they are listed', () => {
  const { paths } = JSON.parse(read(root, 'tsconfig.check.json').replaceAll(/^\s*\/\/.*$/gm, '')).compilerOptions;
  const subpathOf = (entry: string) => (entry === 'index' ? '.' : `./${entry}`);
  expect(Object.keys(manifest.exports)).toEqual([...entryNames.map(subpathOf), './package.json']);
  expect(Object.keys(manifest.typesVersions['*'])).toEqual(entryNames.filter((entry) => entry !== 'index'));
  expect(paths).toEqual(Object.fromEntries(entryNames.map((entry) => [specifierOf(entry), [`./${entries[entry]}`]])));
});

test('the published types never mention the packages that are bundled', () => {
  for (const name of ending(/\.d\.c?ts$/)) {
    expect(read(installed, 'dist', name), name).not.toMatch(/from ['"](zod|openapi)|import\(['"](zod|openapi)/);
    expect(read(installed, 'dist', name), name).not.toMatch(/import ['"](zod|openapi)/);
  }
});

interface Component {
  readonly name: string;
  readonly version: string;
  readonly licenses: readonly { readonly license: { readonly id: string } }[];
}

const { components }: { readonly components: readonly Component[] } = JSON.parse(
  read(installed, 'dist', 'sbom.cdx.json'),
);

test('the bill of materials names what is bundled, with version and licence', () => {
  expect(components.map(({ name }) => name)).toEqual(['@noble/hashes', 'openapi-fetch', 'zod']);
  for (const { name, version, licenses } of components) {
    const owner = JSON.parse(read(root, 'node_modules', name, 'package.json'));
    expect({ version, licenses }).toEqual({
      version: owner.version,
      licenses: [{ license: { id: owner.license } }],
    });
  }
});

test('the texts of the licences of what is bundled are in the package', () => {
  const licences = read(installed, 'THIRD-PARTY-LICENSES.md');
  for (const { name, version } of components) {
    expect(licences).toContain(`## ${name} ${version}`);
    expect(licences).toContain(read(root, 'node_modules', name, 'LICENSE').trim());
  }
});

test('no source maps, which would double its size, and no trace of them', () => {
  expect(ending(/\.map$/)).toEqual([]);
  for (const name of ending(/\.c?js$/)) expect(read(installed, 'dist', name), name).not.toContain('sourceMappingURL');
});

test('no file knows where it was made', () => {
  for (const name of ending(/\.(c?js|d\.c?ts|json)$/)) {
    expect(read(installed, 'dist', name).includes(root), name).toBe(false);
  }
});

test('the version that is sent to servers is the version of the package', () => {
  expect(read(root, 'src/http/version.ts')).toContain(`'${manifest.version}'`);
});

test.each(['.', 'bench', 'test/runtimes', 'test/typescript'])('the lock file of %s names no registry', (folder) => {
  expect(read(root, folder, 'package-lock.json')).not.toContain('"resolved"');
});
