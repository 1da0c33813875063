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
afterAll(() => rmSync(state, { recursive: true }));

async function run(name: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', `examples/${name}/main.ts`, ...args],
    { cwd: root, env: { ...process.env, RESTORE_STATE: state } },
  );
  return stdout;
}

/** What each prints at the end; the drill has tests of its own. */
const examples: Readonly<Record<string, (stdout: string) => void>> = {
  script: (stdout) => expect(stdout).toMatch(/^resume with rk1_\S+\nsucceeded /),
  service: (stdout) => expect(stdout).toMatch(/is gone\n(.*\n)*ended succeeded\nstarts on the wire: 1\n$/),
  fleet: (stdout) => expect(stdout).toMatch(/100 of 100 succeeded, \d+ requests\n$/),
};

describe.concurrent('an example runs by itself and succeeds', () => {
  it.each(Object.entries(examples))('%s', async (name, check) => {
    check(await run(name));
  });

  it('cli, which knows afterwards what it has done', async () => {
    expect(await run('cli', 'restore', '--change', 'CHANGE-1')).toMatch(/^rk1_\S+\nsucceeded\n$/);
    expect(await run('cli', 'list')).toContain('CHANGE-1\tsucceeded\t');
  });
});

it('all that there are run here', () => {
  const folders = readdirSync(join(root, 'examples'), { withFileTypes: true }).filter((each) => each.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...Object.keys(examples), 'cli', 'drill'].sort());
});
