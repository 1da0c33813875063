import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inject } from 'vitest';

const root = join(import.meta.dirname, '../..');

export interface Consumer {
  /** `"type"` in its package.json. */
  readonly type: 'module' | 'commonjs';
  /** Its tsconfig.json; without one it has no such file. */
  readonly tsconfig?: object;
  /** Its files: names, and the program of `consumers/` or the text that each holds. */
  readonly files: Readonly<Record<string, { readonly program: string } | { readonly text: string }>>;
  /** Peers that are installed beside the package, by name, each with the folder that it is linked from. */
  readonly peers?: Readonly<Record<string, string>>;
}

/** Makes a project next to the installed package and answers its folder. */
export function makeConsumer({ type, tsconfig, files, peers = {} }: Consumer): string {
  const consumers = inject('consumers');
  const folder = mkdtempSync(join(consumers, 'project-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type }));
  if (tsconfig) writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  for (const [name, file] of Object.entries(files)) {
    if ('text' in file) writeFileSync(join(folder, name), file.text);
    else cpSync(join(consumers, 'programs', file.program), join(folder, name));
  }
  for (const [name, source] of Object.entries(peers)) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(source, link);
  }
  if (Object.keys(peers).length > 0) {
    // The package has to see its peers, so it lies beside them.
    cpSync(join(consumers, 'node_modules/restorekit'), join(folder, 'node_modules/restorekit'), { recursive: true });
  }
  return folder;
}

/** What takes longer hangs, and would outlive its test. */
const LONGEST_MS = 100_000;

/** Runs a program in `folder`; what it printed, or an error with all that it said. */
export function run(folder: string, command: string, ...args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // A consumer is not in an npm script of ours.
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, npm_config_offline: 'true', NO_COLOR: '1' };
    execFile(command, args, { cwd: folder, env, timeout: LONGEST_MS }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`));
      else resolve(stdout);
    });
  });
}

/** msw as it is installed for this project. */
export const withMsw = { msw: join(root, 'node_modules/msw') };

/** The peers without which an entry point cannot be imported. */
export function peersOf(specifier: string): Readonly<Record<string, string>> {
  const telemetry = { '@opentelemetry/api': join(root, 'node_modules/@opentelemetry/api') };
  return specifier === 'restorekit/opentelemetry' ? telemetry : {};
}

/** The command line of the TypeScript compiler. */
export const compiler = join(root, 'node_modules/typescript/bin/tsc');
