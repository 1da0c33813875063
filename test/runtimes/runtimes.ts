import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';
import { makeConsumer } from '../packaging/consumer.ts';

const modules = join(import.meta.dirname, 'node_modules');

export interface Runtime {
  readonly name: string;
  readonly command: string;
  /** Before the program. */
  readonly args: readonly string[];
  /** What the runtime says about itself with `--version`. */
  readonly version: RegExp;
}

const node = (folder: string, version: RegExp): Runtime => ({
  name: folder,
  command: join(modules, folder, 'bin/node'),
  args: [],
  version,
});

export const node20 = node('node-20', /^v20\./);
/** The oldest that msw 3 takes. */
export const node22ForMsw = node('node-22-12', /^v22\.12\./);
/** The oldest that undici 8 takes. */
export const node22ForUndici = node('node-22-19', /^v22\.19\./);
export const node24 = node('node-24', /^v24\./);
export const bun: Runtime = {
  name: 'bun',
  command: join(modules, '@oven/bun-linux-x64/bin/bun'),
  args: ['run'],
  version: /^1\./,
};
export const deno: Runtime = {
  name: 'deno',
  command: join(modules, '@deno/linux-x64-glibc/deno'),
  // Loopback only. Files are those of the project and of what is linked into it.
  args: [
    'run',
    '--no-lock',
    '--no-prompt',
    '--node-modules-dir=manual',
    '--allow-net=127.0.0.1',
    '--allow-read',
    '--allow-env',
  ],
  version: /^deno 2\./,
};

export const runtimes = [node20, node22ForMsw, node22ForUndici, node24, bun, deno] as const;

export interface BesideUndici {
  readonly runtime: Runtime;
  readonly undici: string | undefined;
}

/** Each major of undici with the oldest Node that it takes, and what else `trustedFetch` is for; with their names. */
export const besideUndici: readonly (readonly [string, string, BesideUndici])[] = (
  [
    [node20, 'undici-6'],
    [node20, 'undici-7'],
    [node22ForUndici, 'undici-8'],
    [node24, 'undici-8'],
    [bun, undefined],
    // Bun takes its own stub also where undici is installed.
    [bun, 'undici-7'],
    [deno, 'undici-7'],
    [deno, 'undici-8'],
  ] as const
).map(([runtime, undici]) => [runtime.name, undici ?? 'no undici', { runtime, undici }]);

/** The folder of an installed version of a peer. */
export const peerAt = (folder: string): string => join(modules, folder);

/** A program in TypeScript, and what it imports of its folder, as the JavaScript that the oldest runtime takes. */
export function programAt(...path: readonly string[]): { readonly text: string } {
  return { text: bundled([import.meta.dirname, ...path], { packages: 'external' }) };
}

/** A program and the package in one file, as a bundler makes it of its own accord for a place without Node. */
export function bundledForTheWeb(program: string): string {
  const sources = ['restore-systems.ts', program];
  const files = Object.fromEntries(sources.map((name) => [name, sourceAt('programs', name)]));
  return bundled([makeConsumer({ type: 'module', files }), program], { platform: 'browser' });
}

function bundled(path: readonly string[], options: BuildOptions): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(...path)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
    ...options,
  });
  const [file] = outputFiles ?? [];
  if (file === undefined) throw new Error('esbuild made nothing.');
  return file.text;
}

/** A program as it is written, for what reads TypeScript itself. */
export function sourceAt(...path: readonly string[]): { readonly text: string } {
  return { text: readFileSync(join(import.meta.dirname, ...path), 'utf8') };
}
