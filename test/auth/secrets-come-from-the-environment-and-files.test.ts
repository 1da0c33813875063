import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { secretFromEnv } from 'restorekit';
import { secretFromFile } from 'restorekit/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { uaaPassword } from '../../src/cloud-foundry/uaa.ts';
import { virtualClock } from '../../src/testing/virtual-clock.ts';
import { clientOf } from '../http/cloud-foundry-client.ts';
import { rejection } from '../support/rejection.ts';
import { tokenServer, unauthorized } from './token-server.ts';

const NAME = 'RESTOREKIT_TEST_SECRET';

describe('secretFromEnv', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });

  it('reads the variable when the secret is needed', () => {
    const secret = secretFromEnv(NAME);
    vi.stubEnv(NAME, 'pass-word-1');
    expect(secret()).toBe('pass-word-1');
    vi.stubEnv(NAME, 'pass-word-2');
    expect(secret()).toBe('pass-word-2');
  });

  it.each([
    ['is not set', undefined, 'not set'],
    ['is empty', '', 'empty'],
    ['ends with a line break', 'pass-word-1\n', 'line break'],
  ])('names a variable that %s, never its value, and nothing is sent', async (_, value, words) => {
    vi.stubEnv(NAME, value);
    const server = tokenServer();
    const auth = uaaPassword({ username: 'admin', password: secretFromEnv(NAME) });
    const error = await rejection(clientOf({ auth, fetch: server.fetch }).start());
    expect(error).toMatchObject({ name: 'ConfigurationError', field: NAME, message: expect.stringContaining(words) });
    expect(JSON.stringify(error)).not.toContain('pass-word');
    expect(server.received).toEqual([]);
  });

  it('works as well as it can where there is no process', () => {
    vi.stubGlobal('process', undefined);
    expect(() => secretFromEnv(NAME)()).toThrowError(
      expect.objectContaining({ name: 'ConfigurationError', field: NAME }),
    );
  });

  it.each(['', undefined])('refuses %j as a name', (name) => {
    expect(() => secretFromEnv(name as string)).toThrowError(expect.objectContaining({ field: 'name' }));
  });
});

describe('secretFromFile', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'restorekit-secret-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each([
    ['pass-word-1', 'pass-word-1'],
    ['pass-word-1\n', 'pass-word-1'],
    ['pass-word-1\r\n', 'pass-word-1'],
    ['\ufeffpass-word-1\n', 'pass-word-1'],
    [' pass word \n', ' pass word '],
  ])('of %j is %j', async (text, secret) => {
    const path = join(folder, 'password');
    await writeFile(path, text);
    await expect(secretFromFile(path)()).resolves.toBe(secret);
  });

  it.each([
    ['is missing', undefined, 'ENOENT'],
    ['is empty', '', 'empty'],
    ['holds only a line break', '\n', 'empty'],
    ['ends with two line breaks', 'pass-word-1\n\n', 'line break'],
  ])('that %s is a mistake that is named, and nothing is sent', async (_, text, words) => {
    const path = join(folder, 'password');
    if (text !== undefined) await writeFile(path, text);
    const server = tokenServer();
    const auth = uaaPassword({ username: 'admin', password: secretFromFile(path) });
    const error = await rejection(clientOf({ auth, fetch: server.fetch }).start());
    expect(error).toMatchObject({ name: 'ConfigurationError', message: expect.stringContaining(words) });
    expect(server.received).toEqual([]);
  });

  it('is read again when a credential is renewed', async () => {
    const path = join(folder, 'password');
    await writeFile(path, 'lease-1\n');
    const auth = uaaPassword({ username: 'admin', password: secretFromFile(path) });
    const server = tokenServer({ api: (_, index) => (index === 1 ? unauthorized() : undefined), withRefresh: false });
    const { poll } = clientOf({ auth, fetch: server.fetch, clock: virtualClock(0) });
    await poll();
    await writeFile(path, 'lease-2\n');
    await poll();
    expect(server.grants.map((form) => form.get('password'))).toEqual(['lease-1', 'lease-2']);
  });
});
