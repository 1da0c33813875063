import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const scratch = mkdtempSync(join(tmpdir(), 'restorekit-cli-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs the CLI without a terminal; `onText` gets what it has printed to standard error so far. */
async function cli(args: readonly string[], onText: (text: string, interrupt: () => void) => void = () => {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'examples/cli/main.ts', ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, TMPDIR: scratch, CI: 'true' },
  });
  const printed = { out: '', err: '' };
  child.stdout.on('data', (data) => {
    printed.out += data;
  });
  child.stderr.on('data', (data) => {
    printed.err += data;
    onText(printed.err, () => child.kill('SIGINT'));
  });
  const [code] = await once(child, 'close');
  return { code, ...printed };
}

it('shows its commands and options, without an escape sequence, and exits with 0', async () => {
  const { code, out, err } = await cli(['--help']);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  for (const name of ['restore', 'wait', 'list', '--json', '--for']) expect(out).toContain(name);
});

it.each([
  ['an option that there is not', ['restore', '--chnage', 'X'], /unknown option '--chnage'/],
  ['a command that there is not', ['restor'], /unknown command 'restor'/],
  ['a time in words', ['--for', 'soon', 'restore'], /--for must be a number of minutes, and was 'soon'/],
  ['a handle that was cut', ['wait', 'rk1_abc'], /truncated or changed; copy the whole text again/],
])('exits with 2 for %s, and says what is wrong', async (_, args, says) => {
  const { code, out, err } = await cli(args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(says);
});

it('exits with 23 after Ctrl-C; a second run goes on with the same restore, in plain lines where there is no terminal', async () => {
  let isInterrupted = false;
  const first = await cli(['restore', '--change', 'CHANGE-7'], (text, interrupt) => {
    if (isInterrupted || !text.includes('resume rk1_')) return;
    isInterrupted = true;
    interrupt();
  });
  expect(first.code).toBe(23);
  expect(first.out).toBe('');
  const [handle = ''] = /rk1_\S+/.exec(first.err) ?? [];

  const second = await cli(['--json', 'restore', '--change', 'CHANGE-7']);
  expect(second.code).toBe(0);
  const { state, handle: followed } = JSON.parse(second.out);
  expect({ state, note: followed.note }).toEqual({ state: 'succeeded', note: 'CHANGE-7' });
  expect(second.err).toContain(handle);
  // Neither colours nor a line that is drawn again.
  expect(second.err).not.toContain('\u001b');
  expect(second.err).not.toContain('\r');
  expect(second.err.trimEnd().split('\n').length).toBeGreaterThan(1);

  const third = await cli(['wait', handle]);
  expect({ code: third.code, out: third.out }).toEqual({ code: 0, out: 'succeeded\n' });
}, 120_000);
