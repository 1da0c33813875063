/**
 * Builds the package where its sources have changed (its code only: examples need no types) and runs one example through it. All further arguments go
 * to the example, and standard output belongs to it alone.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const root = `${import.meta.dirname}/..`;
const mark = `${root}/node_modules/.cache/restorekit/built-of`;
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

/** Whether the package is not built, or was built of other sources. */
function isStale(): boolean {
  return !existsSync(`${root}/dist/index.cjs`) || !existsSync(mark) || readFileSync(mark, 'utf8') !== fingerprint();
}

/** Changes with every change of what the package is built of. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const sources = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );
  const inputs = [...sources.map((file) => `src/${file}`), 'tsup.config.ts', 'package.json', 'scripts/entries.ts'];
  for (const file of inputs.sort()) hash.update(file).update(readFileSync(`${root}/${file}`));
  return hash.digest('hex');
}

// Ctrl-C reaches the example too, which then tells how to go on; its exit code is ours.
process.on('SIGINT', () => {});

if (isStale()) {
  run('tsup/dist/cli-default.js', ['--no-dts', '--no-clean', '--silent'], 2);
  mkdirSync(`${root}/node_modules/.cache/restorekit`, { recursive: true });
  writeFileSync(mark, fingerprint());
}
run('tsx/dist/cli.mjs', [`${root}/examples/${name}/main.ts`, ...args], 'inherit');
