import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTokenStore } from '../../src/node/file-token-store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tokens-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const files = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => ({
    path: join(entry.parentPath, entry.name),
    isFolder: entry.isDirectory(),
  }));

it('each file has mode 0600, in a folder with mode 0700', async () => {
  const store = fileTokenStore(join(folder, 'new'));
  const version = await store.replace('host/client', 'refresh-token-1', undefined);
  await store.replace('host/client', 'refresh-token-2', version);
  const found = files();
  expect(found.length).toBeGreaterThan(3);
  for (const { path, isFolder } of found) {
    expect([path, statSync(path).mode & 0o777]).toEqual([path, isFolder ? 0o700 : 0o600]);
  }
  expect((await store.read('host/client'))?.value).toBe('refresh-token-2');
});

it('of many who write one version, one wins', async () => {
  const stores = Array.from({ length: 8 }, () => fileTokenStore(folder));
  const created = await Promise.all(stores.map((store, index) => store.replace('login', `${index}`, undefined)));
  expect(created.filter((version) => version !== undefined)).toHaveLength(1);
  const [version] = created.filter((each) => each !== undefined);
  const written = await Promise.all(stores.map((store, index) => store.replace('login', `next ${index}`, version)));
  expect(written.filter((each) => each !== undefined)).toHaveLength(1);
});

it('a folder in which others may write, and one with other files, is refused', () => {
  chmodSync(folder, 0o777);
  expect(() => fileTokenStore(folder)).toThrow(/chmod 700/);
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
  const other = mkdtempSync(join(tmpdir(), 'tokens-'));
  writeFileSync(join(other, 'notes.txt'), 'x');
  expect(() => fileTokenStore(other)).toThrow(/notes\.txt/);
  rmSync(other, { recursive: true });
  expect(() => fileTokenStore('')).toThrow(expect.objectContaining({ field: 'folder' }));
});

describe('several processes with one folder', () => {
  let server: Server;
  const consumed: string[] = [];
  beforeEach(async () => {
    consumed.length = 0;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (piece) => {
        body += piece;
      });
      request.on('end', () => {
        response.setHeader('content-type', 'application/json');
        if (request.url !== '/oauth2/v1/token') {
          response.end(JSON.stringify({ details: null, status: 0, items: [], links: null }));
          return;
        }
        const token = new URLSearchParams(body).get('refresh_token') ?? '';
        const isRefused = consumed.includes(token) || token !== `refresh-token-${consumed.length}`;
        if (!isRefused) consumed.push(token);
        response.statusCode = isRefused ? 400 : 200;
        const answer = isRefused
          ? { error: 'invalid_grant', error_description: 'The token has already been consumed' }
          : {
              access_token: `access-token-${consumed.length}`,
              refresh_token: `refresh-token-${consumed.length}`,
              token_type: 'Bearer',
              // So short that each call needs a new one.
              expires_in: 1,
            };
        setTimeout(() => response.end(JSON.stringify(answer)), 20);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const program = join(import.meta.dirname, 'programs/shares-a-login.ts');
  const run = (calls: number) =>
    new Promise<{ readonly code: number | null; readonly out: string }>((resolve) => {
      const { port } = server.address() as AddressInfo;
      const args = ['--import', 'tsx', program, `http://127.0.0.1:${port}`, folder, `${calls}`];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
      let out = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (piece) => {
          out += piece;
        });
      }
      child.on('close', (code) => resolve({ code, out }));
    });

  it('use each refresh token once, whoever refreshes', { timeout: 60_000 }, async () => {
    const results = await Promise.all([run(5), run(5), run(5)]);
    expect(results.map(({ code, out }) => [code, out.trim()])).toEqual(Array.from({ length: 3 }, () => [0, 'done']));
    expect(consumed.length).toBeGreaterThan(0);
    expect(new Set(consumed).size).toBe(consumed.length);
    const newest = files()
      .filter(({ path }) => /\d+\.json$/.test(path))
      .map(({ path }) => readFileSync(path, 'utf8'));
    expect(newest.some((text) => text.includes(`refresh-token-${consumed.length}`))).toBe(true);
  });
});
