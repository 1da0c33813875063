import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { fileStore } from 'restorekit/node';
import { describe, expect, it } from 'vitest';
import { entries } from '../../scripts/entries.ts';
import { temporaryFolder } from './stores.ts';

const root = join(import.meta.dirname, '../..');

/** Starts a process of its own that runs `code` with `store` open on the folder. */
async function program(folder: string, code: string): Promise<() => ChildProcess> {
  const file = join(folder, 'program.mjs');
  await build({
    stdin: {
      contents: `import { fileStore } from 'restorekit/node';\nconst store = fileStore(${JSON.stringify(join(folder, 'store'))}, { create: true });\n${code}`,
      resolveDir: root,
    },
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'esm',
    alias: { 'restorekit/node': join(root, entries.node) },
  });
  return () => spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
}

const exit = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

const COUNT_UP = `
  async function countUp() {
    for (;;) {
      const found = await store.get('count');
      if (!found) await store.createIfAbsent('count', JSON.stringify({ count: 0, fill: 'x'.repeat(20000) }));
      else {
        const { count, fill } = JSON.parse(found.value);
        if (await store.compareAndSet('count', JSON.stringify({ count: count + 1, fill }), found.version)) return count + 1;
      }
    }
  }
`;

describe('files', () => {
  it('are whole after SIGKILL at any moment, hold every write that was confirmed, and block no other process', {
    timeout: 60_000,
  }, async () => {
    const folder = temporaryFolder();
    const run = await program(folder, `${COUNT_UP} for (;;) process.stdout.write((await countUp()) + '\\n');`);
    let written = 0;
    for (let life = 0; life < 8; life += 1) {
      const child = run();
      let said = '';
      child.stdout?.on('data', (chunk) => {
        said += chunk;
      });
      const gone = exit(child);
      while (said === '') await pause(5);
      await pause(5 + life * 7);
      child.kill('SIGKILL');
      await gone;
      const last = Number(said.trimEnd().split('\n').at(-1));
      const found = await fileStore(join(folder, 'store')).get('count');
      const value = JSON.parse(found?.value ?? '{}');
      expect(value.fill.length).toBe(20_000);
      expect(value.count).toBeGreaterThanOrEqual(last);
      expect(value.count).toBeGreaterThan(written);
      written = value.count;
    }
  });

  it('lose no count of processes that race', { timeout: 60_000 }, async () => {
    const folder = temporaryFolder();
    const run = await program(folder, `${COUNT_UP} for (let n = 0; n < 40; n += 1) await countUp();`);
    const codes = await Promise.all(Array.from({ length: 3 }, () => exit(run())));
    expect(codes).toEqual([0, 0, 0]);
    const found = await fileStore(join(folder, 'store')).get('count');
    expect(JSON.parse(found?.value ?? '{}').count).toBe(120);
  });

  it('stay few, however often a name is written, and drafts of the dead go', async () => {
    const folder = temporaryFolder();
    const store = fileStore.create(folder);
    let version = (await store.createIfAbsent('a', '0')) ?? '';
    const [own = ''] = readdirSync(folder).filter((entry) => entry.startsWith('a.'));
    writeFileSync(join(folder, own, '2.0123456789abcdef.draft'), '{"name":"a","val');
    expect((await store.get('a'))?.value).toBe('0');
    for (let count = 1; count <= 50; count += 1) version = (await store.compareAndSet('a', `${count}`, version)) ?? '';
    expect((await store.get('a'))?.value).toBe('50');
    expect(readdirSync(join(folder, own)).length).toBeLessThan(10);
    expect(existsSync(join(folder, own, '2.0123456789abcdef.draft'))).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('are for their owner only', async () => {
    const folder = join(temporaryFolder(), 'new');
    await fileStore.create(folder).createIfAbsent('a', 'one');
    const [own = ''] = readdirSync(folder).filter((entry) => entry.startsWith('a.'));
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, own, '1.json')).mode & 0o077).toBe(0);
    expect(readFileSync(join(folder, own, '1.json'), 'utf8')).toContain('one');
  });

  it('need a path that is not empty', () => {
    expect(() => fileStore('')).toThrow(/^folder: /);
  });

  it('name what is wrong with the folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const store = fileStore(join(folder, 'file'));
    await expect(store.createIfAbsent('a', 'one')).rejects.toMatchObject({ code: 'store', reason: 'missing' });
  });
});
