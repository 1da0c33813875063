import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

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

/** The folder of an installed version of a peer. */
export const peerAt = (folder: string): string => join(modules, folder);

/** A program in TypeScript as the JavaScript that the oldest runtime takes. */
export function programAt(...path: readonly string[]): { readonly text: string } {
  const source = readFileSync(join(import.meta.dirname, ...path), 'utf8');
  return { text: transformSync(source, { loader: 'ts', format: 'esm', target: 'es2022' }).code };
}
