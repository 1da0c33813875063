import { expect, it } from 'vitest';
import { encryptedTokenStore } from '../../src/auth/encrypted-token-store.ts';
import { memoryTokenStore } from '../../src/auth/token-store.ts';
import { rejection } from '../support/rejection.ts';

const KEY = btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, index) => index)));
const OTHER = btoa('x'.repeat(32));
const SECRET = 'refresh-token-4711';

it('what is stored shows nothing of the token, and is read back with the key', async () => {
  const inner = memoryTokenStore();
  const store = encryptedTokenStore(inner, { key: KEY });
  const version = await store.replace('login', SECRET, undefined);
  const raw = await inner.read('login');
  expect(raw?.value).not.toContain(SECRET);
  expect(raw?.value).not.toContain(btoa(SECRET).slice(0, 8));
  expect(await store.read('login')).toEqual({ value: SECRET, version });
  expect(await store.read('another')).toBeUndefined();
});

it('the same value is stored differently each time', async () => {
  const inner = memoryTokenStore();
  const store = encryptedTokenStore(inner, { key: KEY });
  await store.replace('one', SECRET, undefined);
  await store.replace('two', SECRET, undefined);
  expect((await inner.read('one'))?.value).not.toBe((await inner.read('two'))?.value);
});

it('the version decides who writes, like in the store below', async () => {
  const store = encryptedTokenStore(memoryTokenStore(), { key: async () => KEY });
  const first = await store.replace('login', 'a', undefined);
  expect(await store.replace('login', 'b', undefined)).toBeUndefined();
  const second = await store.replace('login', 'b', first);
  expect(second).toBeDefined();
  expect(await store.replace('login', 'c', first)).toBeUndefined();
  expect((await store.read('login'))?.value).toBe('b');
});

it('another key, another name and a changed record are a StoreError that shows no token', async () => {
  const inner = memoryTokenStore();
  await encryptedTokenStore(inner, { key: KEY }).replace('login', SECRET, undefined);
  const raw = (await inner.read('login'))?.value ?? '';
  await inner.replace('another', raw, undefined);
  await inner.replace('changed', `${raw.slice(0, -4)}AAAA`, undefined);
  await inner.replace('plain', SECRET, undefined);
  for (const [name, key] of [
    ['login', OTHER],
    ['another', KEY],
    ['changed', KEY],
    ['plain', KEY],
  ] as const) {
    const error = await rejection(encryptedTokenStore(inner, { key }).read(name));
    expect(error).toMatchObject({ name: 'StoreError', reason: 'damaged' });
    expect(`${JSON.stringify(error)}${(error as Error).stack}`).not.toContain(SECRET);
  }
});

it.each(['', 'short', btoa('x'.repeat(31)), 'not base64 !'])('the key %j is refused by name, and not shown', (key) => {
  const make = () => encryptedTokenStore(memoryTokenStore(), { key });
  expect(make).toThrow(expect.objectContaining({ name: 'ConfigurationError', field: 'key' }));
  if (key.length > 4) expect(make).not.toThrow(key);
});
