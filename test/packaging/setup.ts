import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

const root = join(import.meta.dirname, '../..');
/** Of the consumers' own making; linked from here, since nothing may be downloaded. */
const tools = ['typescript', 'ts-node', 'tsx', '@types/node'];

declare module 'vitest' {
  interface ProvidedContext {
    /** A folder in whose `node_modules` the packed package is installed. */
    readonly consumers: string;
    /** How many packages that installation brought. */
    readonly installed: number;
    /** What is in the tarball. */
    readonly packed: readonly string[];
    /** Where the tarball is. */
    readonly tarball: string;
  }
}

/** Packs the package once, and installs it once, without a network. */
export function setup(project: TestProject) {
  if (!existsSync(join(root, 'dist/terminal.d.cts'))) throw new Error('There is no dist: npm run build first.');
  const consumers = mkdtempSync(join(tmpdir(), 'restorekit-consumers-'));
  const npm = (cwd: string, ...args: readonly string[]): string =>
    execFileSync('npm', [...args, '--json', '--ignore-scripts', '--loglevel=error'], { cwd, encoding: 'utf8' });

  const [tarball] = JSON.parse(npm(root, 'pack', '--pack-destination', consumers));
  writeFileSync(join(consumers, 'package.json'), '{ "private": true }');
  const { added } = JSON.parse(npm(consumers, 'install', '--offline', join(consumers, tarball.filename)));

  // Under two roofs, so that a consumer without msw cannot find it by accident.
  const modules = join(consumers, 'node_modules');
  mkdirSync(join(modules, '@types'), { recursive: true });
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const tool of tools) symlinkSync(join(root, 'node_modules', tool), join(modules, tool));
  symlinkSync(join(root, 'node_modules/ts-node/dist/bin.js'), join(modules, '.bin/ts-node'));
  symlinkSync(join(root, 'node_modules/tsx/dist/cli.mjs'), join(modules, '.bin/tsx'));
  cpSync(join(import.meta.dirname, 'consumers'), join(consumers, 'programs'), { recursive: true });

  project.provide('consumers', consumers);
  project.provide('installed', added);
  project.provide('tarball', join(consumers, tarball.filename));
  project.provide(
    'packed',
    tarball.files.map(({ path }: { readonly path: string }) => path),
  );
  return () => rmSync(consumers, { recursive: true });
}
