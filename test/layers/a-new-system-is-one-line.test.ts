import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addedByHand, addNewSystem, copyProject, newSystem } from '../../scripts/copy-with-new-system.ts';
import { specsOf, systemNames } from '../../scripts/systems.ts';
import { listedSystems } from '../support/systems.ts';

const root = join(import.meta.dirname, '../..');
const foldersIn = (folder: string) =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

describe('systems.json', () => {
  it.each(systemNames)('names %s, whose parts are all there', (name) => {
    for (const file of ['index.ts', 'root-exports.ts', 'sample-calls.ts', 'size.json', 'kinds.ts', 'README.md']) {
      expect(existsSync(join(root, 'src', name, file)), file).toBe(true);
    }
    for (const file of ['index.ts', 'product.ts']) {
      expect(existsSync(join(root, 'src/testing', name, file)), file).toBe(true);
    }
    expect(specsOf(name)).not.toEqual([]);
  });

  it.each(listedSystems)('leads to every kind that the clients of $name go on with', async ({ name, sampleCalls }) => {
    const { kinds } = (await import(`../../src/${name}/kinds.ts`)) as {
      readonly kinds: readonly { readonly kind: string }[];
    };
    const ofClients = Object.values(sampleCalls).flatMap(({ connect, withoutLogin }) => {
      return connect({ baseUrl: 'https://system.example.org', auth: withoutLogin('sk-token-4711') }).client.kinds;
    });
    expect(kinds.map(({ kind }) => kind).sort()).toEqual([...ofClients].sort());
  });

  it('names every system that has an emulator', () => {
    expect(foldersIn('src/testing').sort()).toEqual([...systemNames].sort());
  });

  it('names the system of every document', () => {
    const documents = readdirSync(join(root, 'specs')).filter((file) => file.endsWith('.yaml'));
    expect(documents.map((file) => file.replace('.yaml', '')).sort()).toEqual(systemNames.flatMap(specsOf).sort());
  });
});

describe('a made-up system in a copy of the project', () => {
  let copy = '';
  const read = (file: string) => readFileSync(join(copy, file), 'utf8');
  const run = (tool: string, ...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [join(root, 'node_modules', tool), ...args], { cwd: copy });
  const generate = (...args: readonly string[]) => run('tsx/dist/cli.mjs', 'scripts/generate.ts', ...args);
  const handles = (...args: readonly string[]) => run('tsx/dist/cli.mjs', 'scripts/handles.ts', ...args);
  /** Files of the copy that the project has not, or has otherwise. */
  const different = () =>
    readdirSync(copy, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(copy.length + 1))
      .filter((file) => !existsSync(join(root, file)) || readFileSync(join(root, file), 'utf8') !== read(file));

  beforeAll(() => {
    copy = copyProject();
    addNewSystem(copy);
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('is missed by the drift check until it is generated, and then by nothing', { timeout: 120_000 }, async () => {
    expect(different().sort()).toEqual(['systems.json', ...addedByHand].sort());
    await expect(generate('--check')).rejects.toMatchObject({ stderr: expect.stringContaining('npm run generate') });
    await Promise.all([generate(), handles()]);
    await Promise.all([generate('--check'), run('openapi-typescript/bin/cli.js')]);
    await run('openapi-typescript/bin/cli.js');

    const written = ['package.json', 'tsconfig.check.json', 'redocly.yaml', 'src/systems.ts', 'src/testing/systems.ts'];
    const generated = [...written, 'docs/handles.md', `generated/${newSystem}.d.ts`];
    expect(different().sort()).toEqual(['systems.json', ...addedByHand, ...generated].sort());
    const manifest = JSON.parse(read('package.json'));
    expect(manifest.exports[`./${newSystem}`].import.types).toBe(`./dist/${newSystem}.d.ts`);
    expect(manifest.typesVersions['*'][newSystem]).toEqual([`./dist/${newSystem}.d.cts`]);
    for (const file of written) expect(read(file), file).toContain(newSystem);
    expect(read('docs/handles.md')).toContain('| `backup` | string | id of the backup, as sent |');
  });

  it('has types that hold against the shared code', { timeout: 120_000 }, async () => {
    const include = [`src/${newSystem}`, `src/testing/${newSystem}`];
    writeFileSync(join(copy, 'tsconfig.new.json'), JSON.stringify({ extends: './tsconfig.json', include }));
    await run('typescript/bin/tsc', '--project', 'tsconfig.new.json');
  });

  it('is shown in docs/handles.md as its comments say, and needs them', { timeout: 120_000 }, async () => {
    const facts = `src/${newSystem}/schemas.ts`;
    const text = read(facts);
    const refused = async (changed: string) => {
      writeFileSync(join(copy, facts), changed);
      return handles('--check').then(
        () => '',
        ({ stderr }: { readonly stderr: string }) => stderr,
      );
    };
    expect(await refused(text.replace('id of the backup', 'name of the backup'))).toContain('npm run docs:handles');
    expect(await refused(text.replace('/** id of the backup, as sent */', ''))).toContain(
      'backup of its facts has no comment',
    );
    writeFileSync(join(copy, facts), text);
  });
});
