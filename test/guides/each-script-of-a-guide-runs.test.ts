import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { transform } from 'esbuild';
import { openStore } from 'restorekit/node';
import type { Emulator } from 'restorekit/testing';
import { describe, expect, it } from 'vitest';
import { systemNames } from '../../scripts/systems.ts';
import type { Guide, ScriptRun } from './guide.ts';

const root = join(import.meta.dirname, '../..');

/** The blocks of a page that are scripts: their fence has a file name after `ts`. */
function scriptsOf(page: string): ReadonlyMap<string, string> {
  const blocks = [...page.matchAll(/^```ts (\S+)\n([\s\S]*?)^```/gm)];
  return new Map(blocks.map(([, name = '', code = '']) => [name, code]));
}

async function run<E extends Emulator>(code: string, { emulator: make, env }: Guide<E>, script: ScriptRun<E>) {
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-guide-'));
  const emulator = (script.emulator ?? make)();
  const server = await emulator.listen();
  try {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules/restorekit'));
    for (const [name, content] of Object.entries(script.files ?? {})) writeFileSync(join(folder, name), content);
    const { code: javascript } = await transform(code, { loader: 'ts', format: 'esm', target: 'node20' });
    writeFileSync(join(folder, 'script.mjs'), javascript);
    const store = `file:${folder}/store`;
    await openStore(store, { create: true }).list('');
    const child = spawn(process.execPath, ['script.mjs', ...(script.args ?? [])], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        HOME: folder,
        RESTORE_STORE: store,
        ...env(server.url, emulator),
        ...script.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [[exitCode], stdout, stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stdout),
      text(child.stderr),
    ]);
    const output = stdout + stderr;
    expect({ exitCode, output }).toEqual({ exitCode: script.exitCode ?? 0, output: expect.any(String) });
    for (const expected of script.prints ?? []) expect(output).toMatch(expected);
    await script.check?.(emulator, folder);
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

for (const system of systemNames) {
  const path = join(root, 'docs', `${system}.md`);
  if (!existsSync(path)) continue;
  describe.concurrent(`docs/${system}.md`, async () => {
    const scripts = scriptsOf(readFileSync(path, 'utf8'));
    if (scripts.size === 0) return;
    const { default: guide } = (await import(`./scripts/${system}.ts`)) as { readonly default: Guide<Emulator> };

    it('has the scripts that are tested, and no others', ({ expect }) => {
      expect([...scripts.keys()].sort()).toEqual(Object.keys(guide.scripts).sort());
    });

    for (const [name, code] of scripts) {
      const script = guide.scripts[name];
      if (script) it(`${name} does what the page says`, () => run(code, guide, script));
    }
  });
}

it('a block is a script if its fence names a file', () => {
  const page = 'Text.\n\n```ts\nconst snippet = 1;\n```\n\n```ts list.ts\nconst script = 2;\n```\n';
  expect([...scriptsOf(page)]).toEqual([['list.ts', 'const script = 2;\n']]);
});
