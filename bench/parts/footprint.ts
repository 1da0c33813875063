import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FootprintRow } from '../figures.ts';
import { ROOT } from '../support/ensure-built.ts';

const BENCH = join(ROOT, 'bench');

interface LockedPackage {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** What an install of each adds, according to the lock file and the files on disk. */
export function measureFootprint(): FootprintRow[] {
  const lock = JSON.parse(readFileSync(join(BENCH, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const peers = ['p-wait-for', 'openapi-fetch', '@smithy/util-waiter', '@azure/core-lro', 'oci-common', 'google-gax'];
  return [
    packed(),
    ...peers.map((name) => {
      const paths = closure(lock.packages, name);
      const bytes = paths.reduce((sum, path) => sum + bytesOf(join(BENCH, path)), 0);
      return { what: name, isOurs: false, packages: paths.length, megabytes: bytes / 1e6 };
    }),
  ];
}

function packed(): FootprintRow {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const [{ unpackedSize }] = JSON.parse(stdout) as [{ unpackedSize: number }];
  return { what: 'restorekit', isOurs: true, packages: 1, megabytes: unpackedSize / 1e6 };
}

function closure(packages: Readonly<Record<string, LockedPackage>>, name: string): string[] {
  const found = new Set<string>();
  const visit = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const { dependencies, optionalDependencies } = packages[path] ?? {};
    for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) {
      const nearest = nearestOf(packages, path, each);
      if (nearest) visit(nearest);
    }
  };
  visit(`node_modules/${name}`);
  return [...found];
}

/** Finds a package like node does: in the package itself, then in every parent folder. */
function nearestOf(packages: Readonly<Record<string, LockedPackage>>, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (path in packages) return path;
    if (folder === '') return undefined;
  }
}

/** Without nested packages, which are counted separately. */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    if (entry.name === 'node_modules') return sum;
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesOf(path) : statSync(path).size);
  }, 0);
}
