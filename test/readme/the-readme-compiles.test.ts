import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(`${root}README.md`, 'utf8');
const pages = [
  'README.md',
  ...readdirSync(`${root}docs`).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];
const snippetsOf = (page: string) =>
  [...readFileSync(root + page, 'utf8').matchAll(/```ts[^\n]*\n([\s\S]*?)```/g)].map(([, code = '']) => code);
const snippets = pages.flatMap(snippetsOf);

/** Entry points as the sources that they are built from. */
const paths = {
  restorekit: ['src/index.ts'],
  'restorekit/operation': ['src/entries/operation.ts'],
  'restorekit/errors': ['src/errors/index.ts'],
  'restorekit/oracle-epm': ['src/oracle-epm/index.ts'],
  'restorekit/cloud-foundry': ['src/cloud-foundry/index.ts'],
  'restorekit/veeam-m365': ['src/veeam-m365/index.ts'],
  'restorekit/docspace': ['src/docspace/index.ts'],
  'restorekit/start-once': ['src/start-once/index.ts'],
  'restorekit/node': ['src/entries/node.ts'],
  'restorekit/testing': ['src/testing/index.ts'],
  'restorekit/terminal': ['src/terminal/index.ts'],
  'restorekit/opentelemetry': ['src/opentelemetry/index.ts'],
};

describe('the README and the pages in docs', () => {
  it('shows the script that is tested as an example', () => {
    const [, ...script] = readFileSync(`${root}examples/script/cloud-foundry.ts`, 'utf8').split('\n');
    expect(snippetsOf('README.md')).toContain(script.join('\n'));
  });

  it('is short enough to be read', () => {
    expect(readme.split('\n').length).toBeLessThanOrEqual(250);
  });

  it('links to what is there', () => {
    const broken = pages.flatMap((page) =>
      [...readFileSync(root + page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].flatMap(([, link = '']) =>
        existsSync(join(root, dirname(page), link)) ? [] : [`${page}: ${link}`],
      ),
    );
    expect(broken).toEqual([]);
  });

  it('shows how each system differs', () => {
    for (const name of [
      'new OracleEpmClient(',
      'new CloudFoundryClient(',
      'VeeamM365Client.connect(',
      'new DocSpaceClient(',
    ]) {
      expect(snippetsOf('README.md').join('\n'), name).toContain(name);
    }
  });

  it('adds a sixth vendor in under 50 lines', () => {
    const sixth = snippets.find((code) => code.includes('defineOperation<'));
    expect(sixth?.trim().split('\n').length).toBeLessThan(50);
  });

  it('type-checks, strictly', { timeout: 60_000 }, () => {
    const files = new Map(snippets.map((code, index) => [`${root}readme-${index}.ts`, code]));
    const options: ts.CompilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: [
        'lib.es2023.d.ts',
        'lib.dom.d.ts',
        'lib.dom.iterable.d.ts',
        'lib.dom.asynciterable.d.ts',
        'lib.esnext.disposable.d.ts',
      ],
      types: ['node'],
      baseUrl: root,
      paths,
    };
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.readFile = (name) => files.get(name) ?? readFile(name);
    host.fileExists = (name) => files.has(name) || fileExists(name);
    host.getSourceFile = (name, target, ...rest) => {
      const code = files.get(name);
      return code === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, code, target);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    // Of the snippets alone: the sources have a check of their own.
    const problems = [...files.keys()].flatMap((name) => {
      const file = program.getSourceFile(name);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        (found) => `${name.replace(root, '')}: ${ts.flattenDiagnosticMessageText(found.messageText, '\n')}`,
      );
    });
    expect(snippets.length).toBeGreaterThan(8);
    expect(problems).toEqual([]);
  });

  it('lists the exit codes as they are', async () => {
    const { exitCodeTable } = await import('../../src/terminal/index.ts');
    for (const { code, meaning } of exitCodeTable) expect(readme).toContain(`| ${code} | ${meaning} |`);
  });

  it('has exactly the two commands for a fresh machine', () => {
    const commands = [...readme.matchAll(/^npm ci.*$/gm)].map(([line]) => line.replace(/\s+#.*$/, ''));
    expect(commands).toEqual(['npm ci && npm run drill', 'npm ci && npm test']);
  });
});
