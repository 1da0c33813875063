import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '..', '..');

/** Builds dist where it is missing or older than its sources. */
export function ensureBuilt(): void {
  const built = statSync(join(ROOT, 'dist', 'operation.js'), { throwIfNoEntry: false });
  if (built && built.mtimeMs >= newestSource()) return;
  console.error('dist is missing or older than src: npm run build');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: ROOT, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('The build failed.');
}

function newestSource(): number {
  const folder = join(ROOT, 'src');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
