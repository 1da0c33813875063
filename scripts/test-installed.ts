/**
 * Installs what the lock file of a folder in `test` pins, and runs its tests against the built package. What cannot be
 * installed fails. Needs `npm run build` and a package registry.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's; browsers are not in npm packages. */
const CHROMIUM = '/usr/bin/chromium';

/** The vitest project of each folder. */
const projects: Readonly<Record<string, string>> = { runtimes: 'runtimes', typescript: 'types' };

const [name = '', ...rest] = process.argv.slice(2);
const project = projects[name];
if (project === undefined) fail(`Name a folder: ${Object.keys(projects).join(' or ')}.`);
if (name === 'runtimes' && `${process.platform}-${process.arch}` !== 'linux-x64') {
  fail('The binaries of Node, Bun, Deno and workerd that are installed here are for Linux on x64.');
}
if (name === 'runtimes' && !existsSync(CHROMIUM)) fail(`There is no ${CHROMIUM}: apt-get install chromium.`);
// The binaries are in the packages themselves, so no script of theirs has to run.
run('npm', ['ci', '--ignore-scripts', '--no-json', '--loglevel=error'], join(import.meta.dirname, '../test', name));
run('npx', ['vitest', 'run', '--project', project, ...rest]);

function run(command: string, args: readonly string[], cwd?: string): void {
  const { status, error } = spawnSync(command, [...args], { cwd, stdio: 'inherit' });
  if (error || status !== 0) fail(`${[command, ...args].join(' ')} failed.${error ? ` ${error.message}` : ''}`);
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
