/**
 * Builds the package (without types, which examples do not need) and runs one example with it. All further arguments go
 * to the example, and only the example writes to standard output.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';

const root = `${import.meta.dirname}/..`;
const [name = '', ...args] = process.argv.slice(2);
const examples = readdirSync(`${root}/examples`, { withFileTypes: true }).flatMap((each) =>
  each.isDirectory() ? [each.name] : [],
);
if (!examples.includes(name)) {
  console.error(`npm run example -- <name> [arguments]; one of ${examples.join(', ')}.`);
  process.exit(2);
}

function run(tool: string, toolArgs: readonly string[], stdout: 'inherit' | 2): void {
  const script = `${root}/node_modules/${tool}`;
  const { status } = spawnSync(process.execPath, [script, ...toolArgs], { stdio: ['inherit', stdout, 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

// Ctrl-C reaches the example too, which then prints how to continue. Its exit code is used.
process.on('SIGINT', () => {});

run('tsup/dist/cli-default.js', ['--no-dts', '--no-clean', '--silent'], 2);
run('tsx/dist/cli.mjs', [`${root}/examples/${name}/main.ts`, ...args], 'inherit');
