import { describe, expect, it } from 'vitest';
import { fromStorage, portal } from './support.ts';

describe('a file that is not there', () => {
  it.each([
    ['documents', 0, '999999'],
    ['third-party documents', 1, 'sbox-1-|nowhere.tar.gz'],
  ])('is a 404 at the start from %s', async (_, storageType, filePath) => {
    const { emulator, start } = portal('unknown-document-is-404');
    const told = await start(fromStorage(storageType, { filePath }));
    expect(told.status).toBe(404);
    expect(told.body.error.message).toMatch(/not found/);
    expect(emulator.restores).toEqual([]);
  });

  it.each([
    ['the data store', 4, {}],
    ['a third-party consumer', 5, { module: 'S3' }],
  ])('fails late from %s', async (_, storageType, more) => {
    const { clock, start, progress } = portal();
    expect((await start(fromStorage(storageType, { filePath: 'nowhere.tar.gz', ...more }))).status).toBe(200);
    clock.jump(60_000);
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 0, error: 'File not found.' });
  });
});

it('a third-party consumer without `module` fails late, although the file is there', async () => {
  const { clock, start, progress } = portal();
  expect((await start(fromStorage(5, { filePath: 'backup/portal.tar.gz' }))).status).toBe(200);
  clock.jump(60_000);
  expect((await progress()).error).toMatch(/module/);
});

it('files that are there are taken from each of them', async () => {
  for (const [storageType, params] of [
    [0, { filePath: '1234' }],
    [1, { filePath: 'sbox-1-|backup.tar.gz' }],
    [4, { filePath: 'backup/portal.tar.gz' }],
    [5, { filePath: 'backup/portal.tar.gz', module: 'S3' }],
  ] as const) {
    const { clock, start, progress } = portal();
    await start(fromStorage(storageType, params));
    clock.jump(60_000);
    expect(await progress()).toMatchObject({ isCompleted: true, progress: 100, error: '' });
  }
});
