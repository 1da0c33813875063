import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { fileStore } from '../../src/node/file-store.ts';

const root = join(import.meta.dirname, '../..');
const state = mkdtempSync(join(tmpdir(), 'restorekit-examples-'));
fileStore.create(state);
const scratch = mkdtempSync(join(tmpdir(), 'restorekit-examples-'));
afterAll(() => {
  for (const folder of [state, scratch]) rmSync(folder, { recursive: true });
});

async function run(name: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', `examples/${name}/main.ts`, ...args],
    { cwd: root, env: { ...process.env, RESTORE_STORE: `file:${state}`, TMPDIR: scratch } },
  );
  return stdout;
}

/** What each prints at the end; the drill has tests of its own. */
const examples: Readonly<Record<string, (stdout: string) => void>> = {
  service: (stdout) => expect(stdout).toMatch(/is gone\n(.*\n)*ended succeeded\nstarts on the wire: 1\n$/),
  fleet: (stdout) => expect(stdout).toMatch(/100 of 100 succeeded, \d+ requests\n$/),
};

describe.concurrent('an example runs by itself and succeeds', () => {
  it.each(Object.entries(examples))('%s', async (name, check) => {
    check(await run(name));
  });

  it.each(['cloud-foundry', 'docspace', 'oracle-epm', 'veeam-m365'])(
    'script of %s, which run twice restores once',
    async (system) => {
      const stdout = await run('script', system);
      expect(stdout.match(/^exit code 0$/gm)).toHaveLength(2);
      expect(stdout).toMatch(/: 1\n$/);
    },
    60_000,
  );

  it('cli, which starts nothing when it is run again, and knows what it has done', async () => {
    const first = JSON.parse(await run('cli', '--json', 'restore', '--change', 'CHANGE-1'));
    expect(first).toMatchObject({ state: 'succeeded', handle: { note: 'CHANGE-1' } });
    const again = JSON.parse(await run('cli', '--json', 'restore', '--change', 'CHANGE-1'));
    expect(again.handle.id).toBe(first.handle.id);
    expect(await run('cli', 'list')).toMatch(/^CHANGE-1\tsucceeded\t/m);
  }, 120_000);
});

it('all that there are run here', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...Object.keys(examples), 'cli', 'drill', 'script'].sort());
});
