/**
 * Builds the package (its code only: the drill needs no types) and runs the drill through it. All arguments go to the
 * drill, and standard output belongs to it alone.
 */
import { spawnSync } from 'node:child_process';

function run(tool: string, args: readonly string[], stdout: 'inherit' | 2): void {
  const script = `${import.meta.dirname}/../node_modules/${tool}`;
  const { status } = spawnSync(process.execPath, [script, ...args], { stdio: ['inherit', stdout, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

// Ctrl-C reaches the drill too, which then tells how to go on; its exit code is ours.
process.on('SIGINT', () => {});

run('tsup/dist/cli-default.js', ['--no-dts', '--no-clean', '--silent'], 2);
run('tsx/dist/cli.mjs', ['examples/drill/main.ts', ...process.argv.slice(2)], 'inherit');
