import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { transformSync } from 'esbuild';
import {
  cloudFoundryEmulator,
  docspaceCredentials,
  docspaceEmulator,
  oracleEpmEmulator,
  veeamM365Emulator,
} from 'restorekit/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStore } from '../../src/node/file-store.ts';
import { type Consumer, makeConsumer } from '../packaging/consumer.ts';
import { bun, deno, node20, node22ForUndici } from './runtimes.ts';

const root = join(import.meta.dirname, '../..');
const scripts = join(root, 'examples/script');
const names = ['cloud-foundry', 'docspace', 'oracle-epm', 'veeam-m365'] as const;
type Name = (typeof names)[number];
type Ending = 'succeeds' | 'fails' | 'goes on';

const scratch = mkdtempSync(join(tmpdir(), 'restorekit-scripts-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** How long a restore takes. One that goes on outlives the test, but the script waits for a request that restores. */
const durationOf = (ending: Ending, ongoingMs: number) => ({ durationMs: ending === 'goes on' ? ongoingMs : 1_500 });

/** The system of each script, and whether its restore has begun. */
function systemOf(name: Name, ending: Ending) {
  const scenario = durationOf(ending, 600_000);
  switch (name) {
    case 'cloud-foundry': {
      const emulator = cloudFoundryEmulator({
        scenario: { ...scenario, ...(ending === 'fails' ? { ending: 'failed' } : {}) },
      });
      return { emulator, hasBegun: () => emulator.restores.length > 0, env: { CF_API: 'url', CF_PASSWORD: 'secret' } };
    }
    case 'docspace': {
      const emulator = docspaceEmulator({
        scenario: { ...scenario, ...(ending === 'fails' ? { end: { truth: 'failed' } } : {}) },
      });
      const env = { DOCSPACE_URL: 'url', DOCSPACE_API_KEY: docspaceCredentials.apiKey };
      return { emulator, hasBegun: () => emulator.restores.length > 0, env };
    }
    case 'oracle-epm': {
      const emulator = oracleEpmEmulator({
        scenario: { ...scenario, ...(ending === 'fails' ? { ending: { status: 1 } } : {}) },
      });
      return {
        emulator,
        hasBegun: () => emulator.restores.length > 0,
        env: { EPM_URL: 'url', EPM_PASSWORD: 'secret' },
      };
    }
    default: {
      const mailboxRestore = {
        ...durationOf(ending, 8_000),
        ...(ending === 'fails' ? { failedItems: 'all' as const } : {}),
      };
      const emulator = veeamM365Emulator({ scenario: { mailboxRestore } });
      const env = { VEEAM_URL: 'url', VEEAM_PASSWORD: 'secret', EXCHANGE_PASSWORD: 'secret' };
      return { emulator, hasBegun: () => emulator.mailboxRestores.length > 0, env };
    }
  }
}

/** What the README says about ts-node. */
const nodenext = { compilerOptions: { module: 'nodenext', types: ['node'] } };
const as = (format: 'cjs' | 'esm') => (source: string) =>
  transformSync(source, { loader: 'ts', format, target: 'es2022' }).code;
const tool = (...path: readonly string[]) => join(root, 'node_modules', ...path);

interface Way {
  readonly type: Consumer['type'];
  readonly tsconfig?: object;
  /** The command line, before the name of the script. */
  readonly command: readonly string[];
  readonly ending?: 'ts' | 'mjs' | 'cjs';
  readonly compile?: (source: string) => string;
}

const ways = {
  'ts-node in CommonJS': {
    type: 'commonjs',
    tsconfig: nodenext,
    command: [node20.command, tool('ts-node/dist/bin.js')],
  },
  'ts-node in ESM': {
    type: 'module',
    tsconfig: nodenext,
    command: [node20.command, '--no-warnings', '--loader', 'ts-node/esm'],
  },
  'tsx in CommonJS': { type: 'commonjs', command: [node20.command, tool('tsx/dist/cli.mjs')] },
  'tsx in ESM': { type: 'module', command: [node20.command, tool('tsx/dist/cli.mjs')] },
  'Node itself, which strips the types': { type: 'module', command: [node22ForUndici.command, '--no-warnings'] },
  'the oldest Node, compiled to CommonJS': {
    type: 'commonjs',
    command: [node20.command],
    ending: 'cjs',
    compile: as('cjs'),
  },
  'the oldest Node, compiled to ESM': { type: 'module', command: [node20.command], ending: 'mjs', compile: as('esm') },
  Bun: { type: 'module', command: [bun.command, ...bun.args] },
  Deno: {
    type: 'module',
    command: [deno.command, ...deno.args, '--allow-write', '--allow-sys'],
  },
} as const satisfies Readonly<Record<string, Way>>;

const textOf = (name: Name) => readFileSync(join(scripts, `${name}.ts`), 'utf8');

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly restores: number;
}

/** Runs a script in a project of its own, against a system of its own. Ctrl-C is pressed when the restore goes on. */
async function run(name: Name, way: Way, ending: Ending): Promise<Run> {
  const { type, tsconfig, command, compile = (source: string) => source } = way;
  const file = `restore.${way.ending ?? 'ts'}`;
  const folder = makeConsumer({
    type,
    ...(tsconfig === undefined ? {} : { tsconfig }),
    files: { [file]: { text: compile(textOf(name)) } },
  });
  const store = mkdtempSync(join(scratch, 'store-'));
  fileStore.create(store);
  const { emulator, hasBegun, env } = systemOf(name, ending);
  const server = await emulator.listen();
  try {
    const variables = Object.fromEntries(
      Object.entries(env).map(([key, value]) => [key, value === 'url' ? server.url : value]),
    );
    const [program = '', ...args] = command;
    const child = spawn(program, [...args, file, 'CHANGE-4711'], {
      cwd: folder,
      // A group of its own, to which a signal goes as it goes from a terminal.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, HOME: process.env.HOME, RESTORE_STORE: `file:${store}`, ...variables },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
    const closed = once(child, 'close');
    if (ending === 'goes on') {
      while (child.exitCode === null && !(hasBegun() && output.includes('resume rk1_'))) await sleep(50);
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGINT');
    }
    const [code] = await closed;
    return { code, output, restores: emulator.restores.length };
  } finally {
    await server.close();
  }
}

/** Runs all scripts at once; most of the time they wait. The output of each is with it, to be shown where one differs. */
async function codesOf(way: Way, ending: Ending): Promise<{ readonly codes: object; readonly runs: readonly Run[] }> {
  const runs = await Promise.all(names.map((name) => run(name, way, ending)));
  return { codes: Object.fromEntries(names.map((name, index) => [name, runs[index]?.code])), runs };
}

const all = (code: number) => Object.fromEntries(names.map((name) => [name, code]));

describe.concurrent.each(Object.entries(ways))('with %s', (_, way) => {
  it('each script exits with 0 when its restore has succeeded', async ({ expect }) => {
    const { codes, runs } = await codesOf(way, 'succeeds');
    expect(codes, runs.map(({ output }) => output).join('\n')).toEqual(all(0));
    expect(runs.map(({ restores }) => restores)).toEqual(names.map(() => 1));
  });
});

describe.concurrent.each([
  ['CommonJS', ways['the oldest Node, compiled to CommonJS']],
  ['ESM', ways['Node itself, which strips the types']],
])('in %s', (_, way) => {
  it('each script exits with 10 when its restore has failed', async ({ expect }) => {
    const { codes, runs } = await codesOf(way, 'fails');
    expect(codes, runs.map(({ output }) => output).join('\n')).toEqual(all(10));
  });

  it('each script exits with 23 after Ctrl-C, and says how to go on', async ({ expect }) => {
    const { codes, runs } = await codesOf(way, 'goes on');
    expect(codes, runs.map(({ output }) => output).join('\n')).toEqual(all(23));
    for (const { output, restores } of runs) {
      expect(output).toMatch(/Interrupted by SIGINT/);
      expect(output).toMatch(/resume rk1_\S+/);
      expect(restores).toBe(1);
    }
  });
});

it.each(names)('the script of %s is shorter than 40 lines', (name) => {
  expect(textOf(name).trimEnd().split('\n').length).toBeLessThan(40);
});
