/**
 * An emulated foundation in a separate process, which goes on between the commands of the example like a real one. It
 * ends after ten minutes without a request.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const IDLE_MS = 600_000;
const RESTORE_MS = 20_000;

/** The URL of the foundation of this folder. It is started if it is not running. */
export async function emulatedFoundation(folder: string): Promise<string> {
  const file = join(folder, 'foundation.url');
  const known = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (known !== '' && (await answers(known))) return known;
  const options = { detached: true, stdio: 'ignore' } as const;
  spawn(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), file], options).unref();
  for (let tries = 0; tries < 100; tries += 1) {
    await sleep(100);
    const url = existsSync(file) ? readFileSync(file, 'utf8') : known;
    if (url !== known) return url;
  }
  throw new Error('The emulated foundation did not start.');
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

async function serve(file: string): Promise<void> {
  const { cloudFoundryEmulator } = await import('restorekit/testing');
  const emulator = cloudFoundryEmulator({ scenario: { durationMs: RESTORE_MS } });
  const server = await emulator.listen();
  writeFileSync(`${file}.new`, server.url);
  renameSync(`${file}.new`, file);
  for (let seen = -1; seen < emulator.requests.length; ) {
    seen = emulator.requests.length;
    await sleep(IDLE_MS);
  }
  await server.close();
}

// This file is also the program that `spawn` starts.
if (process.argv[1] === fileURLToPath(import.meta.url)) await serve(process.argv[2] ?? '');
