import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openStore } from 'restorekit/node';
import { storeConformance } from 'restorekit/start-once';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type S3Server, serveS3 } from './s3-server.ts';

const errorOf = (work: () => unknown) =>
  Promise.resolve()
    .then(work)
    .then(unexpected, (error: unknown) => error);
const unexpected = () => {
  throw new Error('It did not fail.');
};

describe('a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'restorekit-open-store-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['its URL', pathToFileURL(join(folder, 'a b#c')).href],
    ['file: and an absolute path', `file:${join(folder, 'plain')}`],
    ['file: and a relative path', `file:${relative(process.cwd(), join(folder, 'relative'))}`],
  ])('is opened by %s, and made only where that is said', async (_, url) => {
    expect(await errorOf(() => openStore(url).get('a'))).toMatchObject({ code: 'store', reason: 'missing' });
    const version = await openStore(url, { create: true }).createIfAbsent('a', 'one');
    expect(await openStore(url).get('a')).toEqual({ value: 'one', version });
  });
});

describe('a bucket', () => {
  let server: S3Server;
  const urlOf = (path: string) =>
    `s3://restores/${path}?region=eu-central-1&forcePathStyle=true&endpoint=${encodeURIComponent(server.endpoint)}`;
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    server = await serveS3('restores');
    await openStore(urlOf('prod'), { create: true }).list('');
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    await server.close();
  });

  it.each(storeConformance(() => openStore(urlOf('prod'))))('keeps: $name', ({ run }) => run(), 60_000);

  it('keeps to its prefix', async () => {
    await openStore(urlOf('prod')).createIfAbsent('one', '1');
    expect(await errorOf(() => openStore(urlOf('pro')).get('one'))).toMatchObject({ reason: 'missing' });
    expect(server.keys().every((key) => key.startsWith('prod/'))).toBe(true);
  });

  it('that is another one is no store', async () => {
    const url = urlOf('prod').replace('//restores', '//other');
    expect(await errorOf(() => openStore(url).get('one'))).toMatchObject({ code: 'store', reason: 'missing' });
  });

  it('ends its connections when it is closed', async () => {
    const store = openStore(urlOf('prod'));
    await store.get('one');
    await expect(store.close()).resolves.toBeUndefined();
  });
});

describe('a URL that is wrong is refused before anything is sent, and is not shown, since it may hold a password', () => {
  it.each([
    [''],
    ['restores'],
    ['https://example.org/restores'],
    ['s3:///prefix'],
    ['s3://bucket/prefix?regoin=eu'],
    ['postgres://user:hunter2@host:not-a-port/db'],
    ['postgres://user:hunter2@host/db?table=drop table'],
  ])('%s', async (url) => {
    const error = await errorOf(() => openStore(url));
    expect(error).toMatchObject({ code: 'configuration' });
    expect(String(error)).not.toContain('hunter2');
  });
});
