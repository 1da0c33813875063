import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, inject, it } from 'vitest';
import { makeConsumer, run } from '../packaging/consumer.ts';
import { allSucceeded } from './all-succeeded.ts';
import pinned from './package.json' with { type: 'json' };
import { node20, node22ForMsw, node24, peerAt, programAt } from './runtimes.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

it.concurrent.each([
  ['msw-2', node20.name, node20],
  ['msw-3', node22ForMsw.name, node22ForMsw],
  ['msw-3', node24.name, node24],
])('with handlers for %s each system is restored on %s', async (msw, _, { command, args }) => {
  const folder = makeConsumer({
    type: 'module',
    peers: { msw: peerAt(msw) },
    files: { 'mocked.mjs': programAt('programs/mocked-restores.ts') },
  });
  expect(JSON.parse(await run(folder, command, ...args, 'mocked.mjs'))).toEqual(allSucceeded);
});

/** `msw@3.0.5` for the folder `msw-3`. */
const specOf = (folder: 'msw-2' | 'msw-3' | 'undici-6' | 'undici-7' | 'undici-8') =>
  pinned.devDependencies[folder].replace('npm:', '');

it.each([
  [specOf('msw-2'), specOf('undici-6')],
  [specOf('msw-2'), specOf('undici-7')],
  [specOf('msw-3'), specOf('undici-8')],
])('npm install takes it beside %s and %s', async (...peers) => {
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-beside-'));
  folders.push(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  // A conflict is found while the tree is planned, so nothing is unpacked.
  const args = ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--no-json'];
  const { stdout } = await promisify(execFile)('npm', [...args, '--strict-peer-deps', inject('tarball'), ...peers], {
    cwd: folder,
  });
  expect(stdout).not.toContain('ERESOLVE');
});
