/**
 * Publishes the package with provenance. Without `--publish` it changes nothing: it says what is in the package, and what
 * still keeps it from being published.
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { problemsOf } from './problems.ts';

const root = join(import.meta.dirname, '../..');
const linesOf = (command: string, ...args: readonly string[]): string[] =>
  execFileSync(command, args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
const run = (...args: readonly string[]) => execFileSync('npm', args, { cwd: root, stdio: 'inherit' });
const { ACTIONS_ID_TOKEN_REQUEST_URL, SIGSTORE_ID_TOKEN } = process.env;

const problems = problemsOf({
  version: manifest.version,
  links: [manifest.homepage, manifest.repository.url, manifest.bugs],
  changelog: readFileSync(join(root, 'CHANGELOG.md'), 'utf8'),
  changesets: readdirSync(join(root, '.changeset')).filter((file) => file.endsWith('.md')),
  changedFiles: linesOf('git', 'status', '--porcelain').map((line) => line.slice(3)),
  tags: linesOf('git', 'tag'),
  canProveItself: Boolean(ACTIONS_ID_TOKEN_REQUEST_URL || SIGSTORE_ID_TOKEN),
});

run('run', 'build');
run('pack', '--dry-run');
for (const problem of problems) console.error(problem);
if (!process.argv.includes('--publish')) {
  console.log(
    `${manifest.name} ${manifest.version}: ${problems.length === 0 ? 'ready' : 'not ready'}. Nothing was published.`,
  );
} else if (problems.length > 0) {
  process.exitCode = 1;
} else {
  // prepublishOnly runs npm test.
  run('publish', '--provenance', '--access', 'public');
}
